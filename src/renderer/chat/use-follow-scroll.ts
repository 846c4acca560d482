import { type RefObject, useEffect, useRef, useState } from "react";

/** So near the end the reader counts as being there. */
const NEAR_PIXELS = 24;

/**
 * Keeps the end of `content` in view while the reader is there, and leaves the place alone once they scroll up.
 */
export function useFollowScroll(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
    const isFollowing = useRef(true);
    const [isAway, setIsAway] = useState(false);

    useEffect(() => {
        const view = scroller.current;
        const column = content.current;
        if (!view || !column) return undefined;
        let lastTop = 0;
        const toEnd = () => {
            if (!isFollowing.current) return;
            view.scrollTop = view.scrollHeight;
            lastTop = view.scrollTop;
        };
        const onScroll = () => {
            const isNear = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_PIXELS;
            // Text that grows also puts the end out of reach for a moment; only a reader moves up.
            if (isNear) isFollowing.current = true;
            else if (view.scrollTop < lastTop) isFollowing.current = false;
            lastTop = view.scrollTop;
            setIsAway(!isFollowing.current);
        };
        const watch = new ResizeObserver(toEnd);
        watch.observe(column);
        watch.observe(view);
        view.addEventListener("scroll", onScroll, { passive: true });
        return () => {
            watch.disconnect();
            view.removeEventListener("scroll", onScroll);
        };
    }, [scroller, content]);

    const toNewest = () => {
        isFollowing.current = true;
        scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
        setIsAway(false);
    };
    return { isAway, toNewest };
}
