import { useEffect, useEffectEvent } from "react";
import type { Command, KeyHint } from "./commands.ts";

/** What the frame and the room that is open offer now, in the order they came. */
const offered = new Set<() => KeyHint[]>();

/** All keys of this window, for the sheet that shows them. */
export const listKeys = (): KeyHint[] => [...offered].flatMap((read) => read());

/**
 * Runs the command whose keys are pressed, unless a dialog is open, and has them listed while the caller is mounted.
 * `hints` are listed too; whoever has the focus runs those.
 */
export function useCommands(commands: Command[], hints: KeyHint[] = []): void {
    const onKey = useEffectEvent((event: KeyboardEvent) => {
        if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
        const command = commands.find(({ matches }) => matches(event));
        if (!command) return;
        event.preventDefault();
        command.run();
    });
    const list = useEffectEvent(() => [...commands, ...hints]);
    useEffect(() => {
        const listen = (event: KeyboardEvent) => onKey(event);
        const read = () => list();
        offered.add(read);
        window.addEventListener("keydown", listen);
        return () => {
            offered.delete(read);
            window.removeEventListener("keydown", listen);
        };
    }, []);
}
