import { useEffect, useState } from "react";

/** True once `isWaiting` has been true for so many milliseconds without a break. */
export function usePatience(isWaiting: boolean, milliseconds: number): boolean {
    const [isOver, setIsOver] = useState(false);
    useEffect(() => {
        if (!isWaiting) return;
        const timer = setTimeout(() => setIsOver(true), milliseconds);
        return () => {
            clearTimeout(timer);
            setIsOver(false);
        };
    }, [isWaiting, milliseconds]);
    return isOver;
}
