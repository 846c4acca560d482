import { formatBandwidth, formatFileSize, formatGibibytes } from "#shared/domain/format/bytes.ts";
import { downloadMilliseconds } from "#shared/domain/format/duration.ts";
import type { RoundedRange } from "#shared/domain/format/speed.ts";
import type { Headline } from "#shared/domain/recommend.ts";
import { count, locale, memory, range, time } from "./figures.ts";

const headlines: Record<Headline, string> = {
    large: "Yes. Even large models run well here.",
    medium: "Yes. Small and medium models run well here.",
    small: "Yes. Small models run well here.",
    patience: "Yes, with patience: small models run here, at about reading pace.",
    tiny: "Just about: very small models run here.",
    "not-yet": "Not yet.",
};

/** Words of the first run. */
export const firstRunWords = {
    title: "Welcome",
    looking: "Looking at this computer",
    lookingWhere: "Everything is read on this computer and stays here.",
    reading: "reading",
    missing: { computer: "We could not read this computer.", models: "We can't say yet what runs here." },
    skip: "Skip, and look around",
    /** Above the verdict, 60 characters. */
    scanned: (milliseconds: number) =>
        `Scanned in ${new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(Math.max(0.1, milliseconds / 1000))} seconds, on this computer only`,
    /** Window title when Home leads here again, 60 characters. */
    pickTitle: "Our pick",
    describedFrom: "Read from its description, not scanned",
    headlines,
    unknown: "We can't say yet: the speed of this computer's memory is missing.",
    /** The sentence around the one explained word: before, the word, after. */
    beforeModel: "To run well, a",
    model: "model",
    afterModel: (where: "card" | "shared" | "memory", freeBytes: number, totalBytes: number) =>
        ({
            card: `has to fit in fast memory: the graphics card has ${memory(freeBytes)} of its ${memory(totalBytes)} free.`,
            shared: `has to fit in memory: ${memory(freeBytes)} of ${memory(totalBytes)} is free, shared with graphics.`,
            memory: `has to fit in memory: ${memory(freeBytes)} of ${memory(totalBytes)} is free.`,
        })[where],
    /** Where there is a graphics card and the plan goes without it. */
    withoutCard: (
        why: "taken" | "unknown-speed" | "small",
        card: { freeBytes: number; totalBytes: number },
        main: { freeBytes: number; totalBytes: number },
    ) => {
        const plan = `so this plan uses main memory: ${memory(main.freeBytes)} of ${memory(main.totalBytes)} is free.`;
        return {
            taken: `has to fit in memory. Other programs hold ${memory(card.totalBytes - card.freeBytes)} of the graphics card's ${memory(card.totalBytes)}, ${plan}`,
            "unknown-speed": `has to fit in memory. How fast this graphics card is we can't say, ${plan}`,
            small: `has to fit in memory. No model we would pick fits in the graphics card's ${memory(card.totalBytes)}, ${plan}`,
        }[why];
    },
    hints: {
        "card-taken":
            "Close what uses the graphics card, then scan again: with its memory free, answers may come faster.",
        "memory-short": "Close programs you do not need now, then scan again.",
        "speed-missing": "The memory's speed could not be measured. Scan again, or correct it by hand.",
    },
    scanAgain: "Scan again",
    modelTerm: "Model:",
    modelMeaning:
        "a large file of numbers that continues a text, one piece at a time. You can delete it whenever you like.",
    notEnough: (needBytes: number, freeBytes: number) =>
        `Even the smallest model we would pick needs ${memory(needBytes)} free, and ${memory(freeBytes)} is.`,
    wrong: "Something wrong? Correct it",
    found: "What we found",
    /** The pick. */
    pickOver: "Our pick for this computer",
    pickOverDescribed: "Our pick for that computer",
    by: (publisher: string, license: string) => `by ${publisher}, ${license}`,
    fastest: "The fastest that fits here; it writes slower than we would like.",
    memoryLabel: "Memory",
    speedLabel: "Speed",
    downloadLabel: "Download",
    spare: (bytes: number) => `with ${memory(bytes)} to spare`,
    spareTight: (bytes: number) => `with only ${memory(bytes)} left`,
    need: (needBytes: number, usableBytes: number) =>
        `${formatGibibytes(needBytes, locale)} of ${formatGibibytes(usableBytes, locale)} GB`,
    speed: (ends: RoundedRange) => `${range(ends)} words`,
    speedPace: (isFaster: boolean) =>
        isFaster ? " a second, faster than you read" : " a second, slower than you read",
    noSpeed: "We can't say how fast: nothing like this computer has been measured.",
    size: (bytes: number) => formatFileSize(bytes, locale),
    once: ", once",
    /** Two named line speeds, as nothing is contacted before consent. */
    lines: (bytes: number) =>
        `About ${time(downloadMilliseconds(bytes, 200))} at 200 Mbit/s, ${time(downloadMilliseconds(bytes, 50))} at 50 Mbit/s`,
    tryPractice: "Try the practice model",
    practiceOpening: "Opening the practice model...",
    /** The card where there is no pick: its name, and its sentence. */
    practice: "The practice model",
    noPick: "It is so small that it runs almost anywhere. You can see with it how things work.",
    practiceHere: "It is often wrong, and here already.",
    practiceWhat: "The practice model is small and often wrong. It is here already.",
    later: "Nothing is contacted. Downloading our pick comes with the next version.",
    why: "Why this one?",
    useFile: "Use a file I have",
    /** Under the pick. */
    others: "Other ways to start",
    smaller: "Smaller and faster",
    larger: "Larger and slower",
    otherModel: (name: string, bytes: number) => `${name}, ${formatFileSize(bytes, locale)}`,
    otherSpeed: (ends: RoundedRange) => `${range(ends)} words a second`,
    haveModels: "I already have models",
    haveFound: (n: number) =>
        n === 0
            ? "Choose a file; it is used where it is."
            : `${count(n, "found here", "found here")}, used where ${n === 1 ? "it is" : "they are"}`,
    lookAround: "Let me look around",
    lookAroundWhat: "No download. Home shows what this computer can do.",
    /** The sum. */
    sumTitle: (name: string) => `Why ${name}?`,
    /** The first sentence of the sum: of our pick, of the smaller, of the larger. */
    sumRule: {
        "highest-ranked": (n: number) =>
            n === 1
                ? "The one model that fits here with the reserve untouched, and writes at a good pace."
                : `The best-ranked of the ${n} models that fit here with the reserve untouched, and write at a good pace.`,
        fastest: () => "The fastest that fits here; it writes slower than we would like.",
        smaller: () => "It needs less memory than our pick and writes faster. Its answers are weaker.",
        larger: () => "It writes slower than our pick, or needs more of your memory. Its answers may be better.",
    },
    sumPool: { gpu: "Graphics memory", main: "Main memory" },
    sumUnit: "GB",
    sumTiny: "under 0.1",
    sumPart: {
        weights: "The model itself",
        kvCache: "A conversation of about 12 pages",
        recurrentState: "What the model keeps in mind",
        compute: "Working space",
        output: "The next piece of text",
        checkpoints: "Places to go back to",
        process: "The program that runs it",
    },
    sumNeed: "Together",
    sumFree: "Free now",
    sumReserve: "Kept free for everything else",
    sumUsable: "You can use",
    sumLeft: "Left over",
    sumOver: "Taken from what is kept free",
    sumSpeed: (ends: RoundedRange) => `Speed: ${range(ends)} words a second`,
    /** The sentence around its explained word: before, the word, after. */
    beforeToken: "Each",
    token: "token",
    afterToken: (bytesPerToken: number, bandwidth: number, setsPace: boolean) =>
        `reads ${formatFileSize(bytesPerToken, locale)} once. The memory reads ${formatBandwidth(bandwidth, locale)} a second${setsPace ? ", which sets the pace" : ""}.`,
    sumMeasured: "The speed was measured here, on this very model.",
    /** A doubt. */
    doubtShared: (bytes: number) =>
        `We read ${memory(bytes)} of graphics memory. Does this computer share its memory with graphics?`,
    doubtSharedYes: "Yes, shared",
    doubtNo: "No",
    doubts: {
        "shared-memory": "",
        "software-graphics":
            "What calls itself a graphics card here is a program, so this plan uses the processor alone.",
        "card-not-in-table":
            "No table of ours knows this graphics card. If you know the speed of its memory, the plan can use it.",
        "container-limit": "Hearth may use only a part of this computer's memory; the plan is for that part.",
        "graphics-not-read": "The graphics card did not answer, so this plan uses the processor alone.",
    },
    correctThis: "Tell its speed",
    again: "Try again",
};
