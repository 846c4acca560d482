import { failureSentences } from "#shared/domain/failure-sentences.ts";
import { formatGibibytes } from "#shared/domain/format/bytes.ts";
import type { RoundedRange } from "#shared/domain/format/speed.ts";
import { count, locale, memory, range } from "./figures.ts";
import { firstRunWords } from "./first-run.ts";
import { hardwareWords } from "./hardware.ts";

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
        noPage: "There is no such page.",
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
        spoken: (predicted: RoundedRange | null, measured: number | null) => {
            const said = [
                predicted && `Estimated ${range(predicted)} words a second.`,
                measured !== null && `Measured ${measured} words a second.`,
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
        scannedAt: (time: string) => `Scanned at ${time}`,
        scanAgain: "Scan again",
        scanning: "Scanning...",
        correct: "Correct it",
        memoryNow: "Memory now",
        mainMemory: "Main memory",
        gpuMemory: "Graphics memory",
        computer: "This computer",
        continue: "Continue",
        noChats: "Nothing begun yet.",
        beginChat: "Begin a chat",
        practice: "The practice model is here: small, often wrong, good for seeing how things work.",
        practiceBegin: "Chat with the practice model",
        pick: (name: string) => `Our pick for this computer is ${name}.`,
        seePick: "See why",
        close: "How close were we?",
        noRuns: "After your first answer, what we predicted and what was measured stand here side by side.",
        run: (name: string, answers: number) => `${name}, ${count(answers, "answer", "answers")}`,
        runSaid: (predicted: RoundedRange | null, measured: number) =>
            predicted
                ? `Predicted ${range(predicted)} words a second, measured ${measured}.`
                : `Measured ${measured} words a second; nothing had been predicted.`,
    },
    library: {
        title: "Models on this computer",
        empty: "No model file is known yet.",
        use: (name: string) => `Chat with ${name}`,
        refused: "Cannot be used",
        browse: "Choose a file",
        roots: "Folders Hearth may look into",
        up: "Back to the folder above",
        folder: "folder",
        nothingHere: "No folders and no model files (.gguf) here.",
        reading: "Reading the folder...",
        adding: "Reading the file's header...",
    },
    firstRun: firstRunWords,
    hardware: hardwareWords,
    failures: failureSentences,
    /** A lost line, which is no failure of ours to name. */
    lost: { sentence: "This did not reach the host.", button: "Try again" },
};

export type Words = typeof en;
