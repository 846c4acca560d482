import type { Failure, FailureCode } from "../schema/failure.ts";
import type { SmallerStep } from "../schema/run-settings.ts";
import { formatFileSize, formatMemory } from "./format/bytes.ts";
import { refusalSentence } from "./gguf/refusal-sentence.ts";

const locale = "en";
const whole = new Intl.NumberFormat(locale);
const memory = (bytes: number) => formatMemory(bytes, locale);
type Data<Code extends FailureCode> = Extract<Failure, { code: Code }>["data"];
/** `button`: the words of the window's one button. `command`: what helps in a terminal, to be typed as it stands. */
export type Said = { sentence: string; button: string; command: string };

const START = "npm start";
const LOOK_AT_FILES = "npx hearth inspect .";
const OTHER_FOLDER = "HEARTH_DATA=~/hearth npm start";

const diedBecause = (cause: Data<"ENGINE_DIED">["cause"]): string => {
    if (cause.kind === "silent") return "The model stopped answering, so Hearth ended it.";
    if (cause.kind === "asked") return "The model was put away while it was still needed.";
    switch (cause.reason) {
        case "out-of-memory":
            return cause.lastWords === null
                ? "The computer ran out of memory, so the system ended the model."
                : "The model asked for more memory than there was, and ended.";
        case "assertion":
            return "The model came upon something it cannot work with, and ended itself.";
        case "crash":
            return "The part that runs models crashed.";
        case "outside":
            return "Another program ended the model. Memory had not run out.";
        case "unknown":
            return cause.signal === "SIGKILL"
                ? "The model was ended from outside, and this computer does not say why."
                : "The model ended without a word.";
    }
};
/** What would be given up next, and the words of the button that tries it. */
const smallerWords: { [Step in SmallerStep]: (contextTokens: number) => { sentence: string; button: string } } = {
    "fewer-gpu-layers": () => ({
        sentence: "With less of it on the graphics card it needs less memory there, and is slower.",
        button: "Try with less on the card",
    }),
    "shorter-context": (contextTokens) => ({
        sentence: `A shorter conversation of ${whole.format(contextTokens)} tokens needs less memory.`,
        button: "Try with a shorter conversation",
    }),
    processor: () => ({
        sentence: "Without the graphics card it is slower, and may hold.",
        button: "Try without the graphics card",
    }),
};
const kept = { data: "chats", models: "models", settings: "settings" } as const;
const parts = {
    cpu: "The processor did not answer, so its speed is not known.",
    memory: "The memory could not be read, so we can't say what fits.",
    graphics: "The graphics card did not answer, so this plan uses the processor alone.",
    disk: "The disk did not answer, so its free space is not known.",
    system: "The system did not say what it is. Nothing else is affected.",
} as const;

/**
 * Every failure: what happened, why we think so, and the one thing that helps, as a button of the window and as a command of
 * the terminal. The one table for both; a code without its three does not compile.
 */
export const failureSentences: { [Code in FailureCode]: (data: Data<Code>) => Said } = {
    FILE_REFUSED: ({ fileName, fault, detail, missingBytes }) => ({
        sentence: `${fileName}: ${refusalSentence(fault, { detail, missingBytes })}`,
        button: "Choose another file",
        command: LOOK_AT_FILES,
    }),
    FILE_MISSING: ({ fileName }) => ({
        sentence: `${fileName} is no longer where it was.`,
        button: "Choose another file",
        command: LOOK_AT_FILES,
    }),
    UNKNOWN_ARCHITECTURE: ({ fileName, architecture }) => ({
        sentence: `${fileName} is built as “${architecture}”, which this version cannot run.`,
        button: "Choose another file",
        command: LOOK_AT_FILES,
    }),
    INSPECTOR_DIED: ({ fileName }) => ({
        sentence: `Reading ${fileName} ended early. The file may be damaged; nothing else was touched.`,
        button: "Choose another file",
        command: LOOK_AT_FILES,
    }),
    STARTER_MISSING: ({ reason }) => ({
        sentence: `The practice model is not here: ${reason}`,
        button: "Use a file I have",
        command: START,
    }),
    NOT_ENOUGH_MEMORY: ({ memory: which, neededBytes, freeBytes }) => ({
        sentence: `The model did not load: it needs ${memory(neededBytes)} of ${which === "gpu" ? "graphics memory" : "memory"} and ${memory(freeBytes)} is free.`,
        button: "Try again",
        command: "npx hearth scan",
    }),
    LOAD_FAILED: ({ fileName }) => ({
        sentence: `${fileName} did not load. Most likely the file is damaged or newer than this version.`,
        button: "Try again",
        command: LOOK_AT_FILES,
    }),
    NO_MODEL_LOADED: () => ({ sentence: "No model is loaded.", button: "Load a model", command: START }),
    ENGINE_DIED: ({ cause }) => ({
        sentence: `${diedBecause(cause)} Your text is safe.`,
        button: "Try again",
        command: START,
    }),
    ENGINE_GAVE_UP: ({ deaths, smaller }) => {
        const { sentence, button } = smaller
            ? smallerWords[smaller.step](smaller.settings.contextTokens)
            : { sentence: "It cannot be made any smaller; another model may hold.", button: "Choose another model" };
        return {
            sentence: `The model stopped ${whole.format(deaths)} times in two minutes, so Hearth waits. ${sentence}`,
            button,
            command: START,
        };
    },
    ENGINE_BUSY: () => ({ sentence: "Another answer is still being written.", button: "Try again", command: START }),
    ENGINE_UNAVAILABLE: () => ({
        sentence: "The part that runs models did not start on this computer. Everything else works.",
        button: "Try again",
        command: "npm ci",
    }),
    PROMPT_TOO_LONG: ({ promptTokens, contextTokens }) => ({
        sentence: `This text is ${whole.format(promptTokens)} tokens long and the model takes in ${whole.format(contextTokens)} at once. Nothing was cut.`,
        button: "Shorten the text",
        command: "npx hearth ask <file> <a shorter prompt>",
    }),
    TEXT_TOO_LONG: ({ characters, mostCharacters }) => ({
        sentence: `This text has ${whole.format(characters)} characters, and Hearth takes ${whole.format(mostCharacters)} at once. Nothing was cut.`,
        button: "Shorten the text",
        command: "npx hearth ask <file> <a shorter prompt>",
    }),
    CHAT_MISSING: () => ({ sentence: "This chat is no longer here.", button: "Show my chats", command: START }),
    MESSAGE_MISSING: () => ({ sentence: "This message is no longer here.", button: "Show my chats", command: START }),
    DISK_FULL: ({ neededBytes, freeBytes }) => ({
        sentence:
            neededBytes === null || freeBytes === null
                ? "The disk is full, so this could not be kept."
                : `This needs ${formatFileSize(neededBytes, locale)} and the disk has ${formatFileSize(freeBytes, locale)} free.`,
        button: "Try again",
        command: START,
    }),
    FOLDER_UNUSABLE: ({ folder }) => ({
        sentence: `Hearth has no place for your chats and settings: the folder ${folder} cannot be made.`,
        button: "Try again",
        command: OTHER_FOLDER,
    }),
    READ_ONLY: ({ what }) => ({
        sentence: `Hearth may not write where its ${kept[what]} live, so changes last until you close it.`,
        button: "Try again",
        command: OTHER_FOLDER,
    }),
    DATABASE_DAMAGED: ({ keptAs }) => ({
        sentence: `The file with your chats was damaged. Hearth kept it as ${keptAs} and started a fresh one.`,
        button: "Go on",
        command: START,
    }),
    DATABASE_NEWER: () => ({
        sentence: "Your chats were written by a newer Hearth. This version leaves them untouched.",
        button: "Try again",
        command: START,
    }),
    STORAGE_DIED: () => ({
        sentence: "The part of Hearth that keeps your chats does not answer. What it kept before is safe.",
        button: "Try again",
        command: START,
    }),
    SETTINGS_DAMAGED: ({ keptAs }) => ({
        sentence: `Your settings file could not be read. Hearth kept it as ${keptAs} and started with fresh ones.`,
        button: "Go on",
        command: START,
    }),
    MODEL_LIST_DAMAGED: ({ keptAs }) => ({
        sentence: `The list of model files you added could not be read. Hearth kept it as ${keptAs}; please add the files again.`,
        button: "Go on",
        command: START,
    }),
    CATALOG_DAMAGED: ({ field }) => ({
        sentence: `Hearth's own list of models is damaged (${field}). Installing Hearth again repairs it.`,
        button: "Try again",
        command: START,
    }),
    MACHINE_DAMAGED: ({ field }) => ({
        sentence: `The description of this computer could not be read (${field}).`,
        button: "Scan again",
        command: "npx hearth scan",
    }),
    SCAN_FAILED: ({ part }) => ({ sentence: parts[part], button: "Scan again", command: "npx hearth scan" }),
    HANDLE_EXPIRED: () => ({
        sentence: "This list of files is out of date.",
        button: "List them again",
        command: START,
    }),
    NO_FREE_PORT: ({ firstPort, lastPort }) => ({
        sentence: `All ports from ${firstPort} to ${lastPort} are in use, so the window has no address.`,
        button: "Try again",
        command: `npm start -- --port ${lastPort > 60_000 ? 6170 : lastPort + 1000}`,
    }),
    PORT_WRONG: ({ given }) => ({
        sentence: `A port is a whole number from 1 to 65535, and “${given}” is none.`,
        button: "Try again",
        command: "npm start -- --port 6170",
    }),
    ALREADY_RUNNING: ({ pid }) => ({
        sentence: `Another Hearth has these chats open and does not answer${pid === null ? "" : ` (process ${pid})`}. Please close it first.`,
        button: "Try again",
        command: pid === null ? START : `kill ${pid}`,
    }),
    UNEXPECTED: ({ reference }) => ({
        sentence: `Something went wrong that Hearth has no words for yet. Its log calls it ${reference}.`,
        button: "Try again",
        command: START,
    }),
};
