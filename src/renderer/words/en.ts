import { failureSentences } from "#shared/domain/failure-sentences.ts";
import { formatGibibytes } from "#shared/domain/format/bytes.ts";
import type { RoundedRange } from "#shared/domain/format/speed.ts";
import { count, locale, memory, range } from "./figures.ts";
import { firstRunWords } from "./first-run.ts";
import { glossary } from "./glossary.ts";
import { hardwareWords } from "./hardware.ts";
import { planWords } from "./plan.ts";

const segment = {
    other: "other programs",
    model: "model",
    talk: "conversation",
    work: "working space",
    free: "free",
    reserve: "reserve",
} as const;

/** All words of the window but those of the chat and of markdown. Length limits stand where boxes are small. */
export const en = {
    frame: {
        brand: "Hearth",
        /** Window title, 60 characters. */
        windowTitle: (room: string) => `${room} · Hearth`,
        rooms: "Rooms",
        home: "Home",
        chat: "Chat",
        skip: "Skip to the content",
        titleBar: "Title bar",
        hearthLine: "Hearth line",
        close: "Close",
        keys: "Keys of this window",
        keyGoHome: "Go home",
        keyGoChat: "Go to the chat",
        keyKeys: "Show these keys",
        keyRegion: "Next region of the window",
        keyRegionBack: "Previous region of the window",
        /** In place of a room that broke. */
        broken: "This room stopped. Your chats and everything else are safe.",
        brokenButton: "Open it again",
        starting: "Lighting the fire",
        gone: "The host is gone. Your text is safe; Hearth keeps trying to reach it.",
        reconnecting: "Reconnecting",
        locked: "This page's link has run out. Your text is safe.",
        /** Before and after the terminal's command. */
        unlock: { before: "Type", after: "in a terminal on this computer, and open what it prints." },
        copyCommand: "Copy the command",
        commandCopied: "Copied",
        noPage: "There is no such page.",
        notFound: "Not found",
        gallery: "Gallery",
        back: "Back to Home",
        /** On every screen of a described computer, 120 characters. */
        described: (title: string) => `A described computer: ${title}.`,
        describedWhat: "Its figures come from published data; chats run on the computer you sit at.",
        goHome: "Go home",
        /** Hearth line, 40 characters each. */
        fire: {
            none: "No model loaded",
            starting: (model: string) => `${model} starting`,
            loading: (model: string, progress: number | null) =>
                progress === null ? `${model} loading` : `${model} loading, ${Math.floor(progress * 100)}\u00a0%`,
            idle: (model: string) => `${model} ready`,
            reading: (model: string) => `${model} reading`,
            writing: (model: string) => `${model} writing`,
            stopped: "The model stopped",
        },
        memoryFree: (freeBytes: number, totalBytes: number) => `${memory(freeBytes)} of ${memory(totalBytes)} free`,
        nothingSent: "Nothing sent",
        connections: (n: number) => count(n, "connection", "connections"),
    },
    verdict: {
        fits: "Fits",
        tight: "Tight",
        slow: "Slow",
        "wont-fit": "Won't fit",
        "cant-say": "Can't say",
    },
    origin: {
        read: "read from the system",
        readFromFile: "read from the file",
        measured: "measured here",
        published: "published",
        estimated: "our estimate",
        corrected: "corrected by you",
    },
    memoryBar: {
        spoken: (
            name: string,
            totalBytes: number,
            parts: { kind: keyof typeof segment; gibibytes: string }[],
            overBytes: number,
        ) =>
            `${name}, ${formatGibibytes(totalBytes, locale)} gibibytes: ${parts.map(({ kind, gibibytes }) => `${segment[kind]} ${gibibytes}`).join(", ")}.${overBytes > 0 ? ` ${memory(overBytes)} too big.` : ""}`,
        names: segment,
        legend: (kind: keyof typeof segment, gibibytes: string) => `${segment[kind]} ${gibibytes}`,
        over: (bytes: number) => `${memory(bytes)} too big`,
    },
    gauge: {
        readingPace: "reading pace",
        /** Beside a measured speed that lies outside of what was predicted, 40 characters. */
        outside: { slower: "Slower than we said.", faster: "Faster than we said." },
        spoken: (predicted: RoundedRange | null, measured: number | null, spread: RoundedRange | null) => {
            const said = [
                predicted && `Estimated ${range(predicted)} words a second.`,
                measured !== null && `Measured ${measured} words a second.`,
                spread && `Most answers ${range(spread)}.`,
            ].filter(Boolean);
            return said.length > 0 ? `${said.join(" ")} Reading pace is 4.` : "The speed is not known.";
        },
    },
    home: {
        title: "Home",
        headlines: {
            large: "This computer runs even large models well.",
            medium: "This computer runs small and medium models well.",
            small: "This computer runs small models well.",
            patience: "This computer runs small models, at about reading pace.",
            tiny: "This computer runs very small models.",
            "not-yet": "This computer has no room for a model now.",
        },
        looking: "Reading this computer again...",
        /** Of a described computer, under its name. */
        headlinesDescribed: {
            large: "It runs even large models well.",
            medium: "It runs small and medium models well.",
            small: "It runs small models well.",
            patience: "It runs small models, at about reading pace.",
            tiny: "It runs very small models.",
            "not-yet": "It has no room for a model now.",
        },
        readDescription: "Read its file again",
        scannedAt: (time: string) => `Scanned at ${time}`,
        scanAgain: "Scan again",
        scanning: "Scanning...",
        correct: "Correct it",
        memoryNow: "Memory now",
        mainMemory: "Main memory",
        gpuMemory: "Graphics memory",
        /** Over a bar whose figures are in GB. */
        memoryOf: (memory: string) => `${memory}, GB`,
        computer: "This computer",
        continue: "Continue",
        noChats: "Nothing begun yet.",
        beginChat: "Begin a chat",
        practice: "The practice model is here: small, often wrong, good for seeing how things work.",
        practiceBegin: "Chat with the practice model",
        pick: (name: string) => `Our pick for this computer is ${name}.`,
        pickDescribed: (name: string) => `Our pick for it is ${name}.`,
        seePick: "See why",
        close: "How close were we?",
        noRunsDescribed: "A described computer writes nothing, so there is nothing to measure.",
        noRuns: "After your first answer, what we predicted and what was measured stand here side by side.",
        run: (name: string, answers: number) => `${name}, ${count(answers, "answer", "answers")}`,
        runSaid: (predicted: RoundedRange | null, measured: number) =>
            predicted
                ? `Predicted ${range(predicted)} words a second, measured ${measured}.`
                : `Measured ${measured} words a second; nothing had been predicted.`,
        spread: (ends: RoundedRange) => `Most answers came at ${range(ends)}.`,
    },
    library: {
        title: "Models on this computer",
        known: (n: number) => (n === 0 ? "No model file is known yet." : `${count(n, "model", "models")} ready to use`),
        use: (name: string) => `Chat with ${name}`,
        refused: "Cannot be used",
        browse: "Choose a file",
        roots: "Where Hearth may look",
        home: "Your own files",
        up: "Back",
        folder: "folder",
        /** What a folder holds, above its list. */
        holds: (models: number, folders: number) =>
            models === 0
                ? `No model files here, ${count(folders, "folder", "folders")}`
                : `${count(models, "model file", "model files")} here`,
        nothingHere: "Nothing for Hearth in this folder. Model files end in .gguf; go back and try another folder.",
        noRoots: "Hearth may look into no folder here.",
        keys: "Arrow keys move, Enter opens.",
        added: (name: string) => `${name} is in the list above.`,
        reading: "Reading the folder...",
        adding: "Reading the file's header...",
    },
    firstRun: firstRunWords,
    glossary,
    plan: planWords,
    hardware: hardwareWords,
    failures: failureSentences,
    /** A lost line, which is no failure of ours to name. */
    lost: { sentence: "This did not reach the host.", button: "Try again" },
};

export type Words = typeof en;
