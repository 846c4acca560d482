import type { Command, KeyHint } from "../app/commands.ts";
import { useCommands } from "../app/use-commands.ts";
import { chatWords } from "../words/chat.ts";

/** A browser keeps Ctrl N for its own windows and lets no page have it. */
const NEW_CHAT_KEYS = window.location.protocol === "app:" ? "Ctrl N" : "Alt N";

type Keys = Pick<KeyboardEvent, "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;
const withControl = (event: Keys): boolean => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
const withControlShift = (event: Keys): boolean => (event.ctrlKey || event.metaKey) && !event.altKey && event.shiftKey;
const withAlt = (event: Keys): boolean => event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
const plain = (event: Keys): boolean => !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;

/** Builds a command from its key, as `KeyboardEvent.key` names it. Without `run` the key is left alone. */
const command = (
    id: keyof typeof chatWords.keyNames,
    keys: string,
    [isWith, key]: [(event: Keys) => boolean, string],
    run: (() => void) | undefined,
): Command => ({
    id,
    words: chatWords.keyNames[id],
    keys,
    matches: (event) => run !== undefined && isWith(event) && event.key.toLowerCase() === key,
    run: () => run?.(),
});

/** What the keyboard does in the chat room, whatever chat is open. */
export const roomCommands = (actions: {
    newChat: () => void;
    chooseModel: () => void;
    unload: () => void;
    showChats: () => void;
}): Command[] => [
    {
        ...command("newChat", NEW_CHAT_KEYS, [withControl, "n"], actions.newChat),
        matches: (event) => event.key.toLowerCase() === "n" && (withControl(event) || withAlt(event)),
    },
    command("chooseModel", "Ctrl M", [withControl, "m"], actions.chooseModel),
    command("unload", "Ctrl Shift U", [withControlShift, "u"], actions.unload),
    command("showChats", "Ctrl B", [withControl, "b"], actions.showChats),
];

/** What it does with the chat that is open. Undefined: not possible now. */
export function useConversationCommands(actions: {
    stop: (() => void) | undefined;
    askAgain: (() => void) | undefined;
    copyLast: (() => void) | undefined;
    between: (step: 1 | -1) => void;
}): void {
    useCommands([
        command("stop", "Esc", [plain, "escape"], actions.stop),
        command("askAgain", "Ctrl Shift R", [withControlShift, "r"], actions.askAgain),
        command("copyLast", "Ctrl Shift C", [withControlShift, "c"], actions.copyLast),
        command("messageBefore", "Alt Up", [withAlt, "arrowup"], () => actions.between(-1)),
        command("messageAfter", "Alt Down", [withAlt, "arrowdown"], () => actions.between(1)),
    ]);
}

const hint = (id: keyof typeof chatWords.keyNames, keys: string): KeyHint => ({
    id,
    words: chatWords.keyNames[id],
    keys,
});

/** What the field, the list of chats and the line under them do by themselves. */
export const chatHints: KeyHint[] = [
    hint("send", "Enter"),
    hint("breakLine", "Shift Enter"),
    hint("editLast", "Up"),
    hint("rename", "F2"),
    hint("remove", "Delete"),
    hint("undo", "Ctrl Z"),
];
