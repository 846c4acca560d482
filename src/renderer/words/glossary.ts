/**
 * Words of the trade, each explained where it first stands: the word, then one sentence a newcomer can repeat. Every word
 * used in a sentence here is plain, or has a row of its own.
 */
export const glossary = {
    token: {
        name: "Token",
        meaning: "a piece of a word. A model reads and writes these; 1,000 make about 770 English words.",
    },
    gigabyte: {
        name: "GB of memory",
        meaning: "1,024 × 1,024 × 1,024 bytes, as boxes and systems count memory. Its exact name is GiB.",
    },
    reserve: {
        name: "Reserve",
        meaning: "memory we leave alone, so that your other programs and the screen do not slow down.",
    },
    measured: {
        name: "Measured here",
        meaning: "this computer wrote at this speed in your own chats. The range leaves a tenth to each side.",
    },
    estimate: {
        name: "Our estimate",
        meaning:
            "worked out from the memory's speed and the model's size. In eight cases of ten the truth lies in the range.",
    },
} as const;
