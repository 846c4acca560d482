import { useEffect, useRef } from "react";
import { words } from "../words/words.ts";

/** Names the window after the room and, on a change of room, moves the focus to its heading. The first is left alone. */
export function useRoomChange(roomTitle: string, roomKey: string): void {
    const last = useRef<string>(undefined);
    useEffect(() => {
        document.title = words.frame.windowTitle(roomTitle);
        const isChange = last.current !== undefined && last.current !== roomKey;
        last.current = roomKey;
        const main = document.querySelector("main");
        // A room that took the focus by itself (the composer) keeps it.
        if (!isChange || !main || (main !== document.activeElement && main.contains(document.activeElement))) return;
        (main.querySelector<HTMLElement>("h1") ?? main).focus();
    }, [roomTitle, roomKey]);
}
