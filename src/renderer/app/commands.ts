import { words } from "../words/words.ts";
import { rooms } from "./routes.ts";

/** A key as it is shown. */
export type KeyHint = { id: string; words: string; keys: string };

/** One thing the keyboard does: how its keys are shown, and how they are matched against a key event. */
export type Command = KeyHint & {
    matches: (event: KeyboardEvent) => boolean;
    run: () => void;
};

const isTyping = (target: EventTarget | null): boolean =>
    target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
const hasOnlyControl = (event: KeyboardEvent): boolean =>
    (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
const roomWords = { home: words.frame.keyGoHome, chat: words.frame.keyGoChat } as const;

/** All commands of the frame; one list for the keys and for the sheet that shows them. */
export function frameCommands(actions: { go: (path: string) => void; showKeys: () => void }): Command[] {
    return [
        ...rooms.map(({ id, path, key }) => ({
            id,
            words: roomWords[id],
            keys: `Ctrl ${key}`,
            matches: (event: KeyboardEvent) => hasOnlyControl(event) && event.key === key,
            run: () => actions.go(path),
        })),
        {
            id: "region",
            words: words.frame.keyRegion,
            keys: "F6",
            matches: (event) => event.key === "F6" && !event.ctrlKey && !event.altKey && !event.shiftKey,
            run: () => focusRegion(1),
        },
        {
            id: "region-back",
            words: words.frame.keyRegionBack,
            keys: "Shift F6",
            matches: (event) => event.key === "F6" && event.shiftKey && !event.ctrlKey && !event.altKey,
            run: () => focusRegion(-1),
        },
        {
            id: "keys",
            words: words.frame.keyKeys,
            keys: "?",
            matches: (event) => event.key === "?" && !event.ctrlKey && !event.metaKey && !isTyping(event.target),
            run: actions.showKeys,
        },
    ];
}

/** Moves the focus to the next region of the window, round and round. */
function focusRegion(step: 1 | -1): void {
    const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
        (region) => region.offsetParent !== null,
    );
    const current = regions.findIndex((region) => region.contains(document.activeElement));
    const start = current === -1 && step === -1 ? 0 : current;
    regions[(start + step + regions.length) % regions.length]?.focus();
}
