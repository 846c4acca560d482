import { useEffect, useEffectEvent } from "react";
import type { Command } from "./commands.ts";

/** Runs the command whose keys are pressed, unless a dialog is open. */
export function useCommands(commands: Command[]): void {
    const onKey = useEffectEvent((event: KeyboardEvent) => {
        if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
        const command = commands.find(({ matches }) => matches(event));
        if (!command) return;
        event.preventDefault();
        command.run();
    });
    useEffect(() => {
        const listen = (event: KeyboardEvent) => onKey(event);
        window.addEventListener("keydown", listen);
        return () => window.removeEventListener("keydown", listen);
    }, []);
}
