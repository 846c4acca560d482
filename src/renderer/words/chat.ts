import { type RoundedRange, roundSpeed } from "#shared/domain/format/speed.ts";
import { roundDuration } from "#shared/domain/format/duration.ts";
import type { TemplateProblem } from "#shared/schema/prompt.ts";
import type { SmallerStep } from "#shared/schema/run-settings.ts";
import { memory } from "./figures.ts";
import { inLocale } from "./in-locale.ts";

const whole = new Intl.NumberFormat("en");
const percent = (part: number) => `${Math.floor(part * 100)}\u00a0%`;
const units = { seconds: "s", minutes: "min", hours: "h" } as const;
const time = (milliseconds: number) => {
    const { value, unit } = roundDuration(milliseconds);
    return `${value}\u00a0${units[unit]}`;
};
const range = (ends: RoundedRange, dash: string) =>
    "about" in ends ? `about ${ends.about}` : `${ends.low}${dash}${ends.high}`;
const count = (n: number, one: string, many: string) => `${whole.format(n)} ${n === 1 ? one : many}`;

/** Words of the chat room. Place and limit stand with each where they are not plain. */
export const chatWords = inLocale({
    title: "Chat",
    chats: "Chats",
    newChat: "New chat",
    showChats: "Show chats",
    hideChats: "Hide chats",
    noChats: "No chats yet.",
    loadingChats: "Reading your chats.",
    /** Under a chat's title in the list. */
    chatNote: (modelName: string | null, messages: number) =>
        messages === 0 ? "Nothing asked yet" : (modelName ?? count(messages, "message", "messages")),
    chatMenu: (title: string) => `More for “${title}”`,
    rename: "Rename",
    renameField: "New name for this chat",
    remove: "Delete",
    removed: (title: string) => `“${title}” deleted.`,
    undo: "Undo",
    notKept: "This did not work.",
    tryAgain: "Try again",

    /** Header, beside the model's name. */
    modelMenu: "Choose a model",
    noModel: "No model loaded",
    engineState: {
        none: "",
        starting: "starting",
        loading: "loading",
        reading: "reading",
        writing: "writing",
        idle: "ready",
        stopped: "stopped",
    },
    loadingAt: (progress: number | null) => (progress === null ? "loading" : `loading, ${percent(progress)}`),
    onThisComputer: "On this computer",
    practice: "The practice model: small, often wrong, good for seeing how things work.",
    mainMemory: "Main memory",
    /** Header, under the bar of main memory; 32 characters. */
    memoryInUse: (modelBytes: number, freeBytes: number) => `model ${memory(modelBytes)}, ${memory(freeBytes)} free`,
    unload: "Unload, free its memory",
    /** Above the messages: what a model is kept to after its engine died three times. */
    lowered: (step: SmallerStep, contextTokens: number) =>
        ({
            "fewer-gpu-layers": "This model kept stopping, so less of it is on the graphics card now.",
            "shorter-context": `This model kept stopping, so it remembers a shorter conversation now: ${whole.format(contextTokens)} tokens.`,
            processor: "This model kept stopping, so it runs without the graphics card now.",
        })[step],
    /** A chat template lays out a conversation for its model; it is a small program inside the file. */
    templateLeftOut: (problem: TemplateProblem, name: string) =>
        `${
            {
                error: "The chat template in this model's file does not work",
                "too-slow": "The chat template in this model's file took too long",
                "too-much-memory": "The chat template in this model's file asked for too much memory",
                crashed: "The chat template in this model's file crashed",
                "too-long": "The chat template in this model's file writes far too much",
            }[problem]
        }, so Hearth uses a known one instead: ${name}. Answers may be a little off.`,
    loadFull: "Use it in full again",
    unreadable: "This file cannot be used.",
    modelNeeded: "You need a model to chat.",

    /** Empty chat: say size. */
    emptySay: "Ask anything. It stays on this computer.",
    practiceOnly: "Only the practice model is here. It is small and often wrong.",
    suggestionsLabel: "Try one of these",
    suggestions: {
        explain: "Explain in three sentences why bread rises.",
        write: "Write four lines about rain on a window.",
        list: "List five things to pack for a day at the sea.",
    },

    transcript: "Messages",
    you: "You",
    model: (name: string | null) => name ?? "The model",
    copy: "Copy answer",
    copied: "Copied",
    editQuestion: "Change the question",
    notCopied: "Not copied. Select the text and press Ctrl C.",
    toNewest: "To the newest",

    loading: (progress: number | null) => (progress === null ? "Loading the model." : `Loading, ${percent(progress)}`),
    reading: (read: number, total: number, millisecondsLeft: number | null) => {
        const part = `Reading your text, ${percent(total > 0 ? read / total : 0)}`;
        return millisecondsLeft === null ? part : `${part}, ${time(millisecondsLeft)} left`;
    },
    waiting: "Your text is stored. The model starts.",
    lost: "The line to Hearth is gone. Trying again; what was written is safe.",

    /** The line under an answer, from left to right. */
    wordsPerSecond: (value: number) => `${roundSpeed(value)} words/s`,
    tokensPerSecond: (value: number) => `${roundSpeed(value)} tokens/s`,
    firstWord: (milliseconds: number) => `first word after ${firstWordTime(milliseconds)}`,
    tokens: (n: number) => count(n, "token", "tokens"),
    /** While it is written. */
    writing: "writing",
    writingTokens: (n: number) => `writing, ${count(n, "token", "tokens")}`,
    elapsed: (milliseconds: number) => time(milliseconds),
    predicted: (ends: RoundedRange) => `predicted ${range(ends, "–")} words/s`,
    calibrated: (ends: RoundedRange, measured: number) =>
        `Predicted ${range(ends, " to ")} words a second, measured\u00a0${roundSpeed(measured)}.`,
    calibratedOthers: "Your other estimates are now closer.",

    stopped: "You stopped it here.",
    cut: "Hearth closed while this was being written. What was written is kept.",
    lengthLimit: "Stopped at the length limit.",
    askAgain: "Ask again",
    goOn: "Ask it to go on",
    goOnPrompt: "Go on.",

    placeholder: "Ask anything...",
    placeholderMore: "Ask something else...",
    field: "Your message",
    send: "Send",
    stop: "Stop",
    keys: "Enter sends, Shift Enter breaks the line",
    caution: "A model wrote this. It can be wrong and still sound sure.",

    /** In the list of keys, 60 characters each. */
    keyNames: {
        newChat: "Begin a new chat",
        chooseModel: "Choose a model",
        unload: "Unload the model, free its memory",
        showChats: "Go to the list of chats",
        stop: "Stop the answer",
        askAgain: "Ask the last question again",
        copyLast: "Copy the last answer",
        messageBefore: "Message before",
        messageAfter: "Message after",
        send: "Send your message",
        breakLine: "Break the line in your message",
        editLast: "Edit your last message, where the field is empty",
        rename: "Rename a chat of the list",
        remove: "Delete a chat of the list",
        undo: "Undo, while it is offered",
    },

    /** Spoken, not shown. */
    spokenWriting: "Writing",
    spokenReady: (words: number) => `Answer ready, ${count(words, "word", "words")}`,
    spokenStopped: "Stopped",
});

function firstWordTime(milliseconds: number): string {
    return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)}\u00a0s` : time(milliseconds);
}
