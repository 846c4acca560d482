import type { RoundedRange } from "#shared/domain/format/speed.ts";
import { range } from "./figures.ts";

type Cause = { by: "last" | "several"; isSlower: boolean; predicted: RoundedRange; measured: number };

/** Why a plan is another one than before. */
export const planWords = {
    cause: ({ by, isSlower, predicted, measured }: Cause) =>
        `${by === "last" ? "Your last answer was" : "Your answers were"} ${isSlower ? "slower" : "faster"} than we predicted: ${measured} words a second, and we had said ${range(predicted)}.`,
    pickChanged: (before: string, now: string) => `So our pick is now ${now}; it was ${before}.`,
    pickGone: (before: string) => `So ${before} is no longer our pick.`,
    pickNew: (now: string) => `So our pick is now ${now}; there was none before.`,
    verdictChanged: (name: string, before: string, now: string) => `So ${name} is now “${now}”; it was “${before}”.`,
    lessHere: "So we expect less of this computer now.",
    moreHere: "So we expect more of this computer now.",
    /** The sentence on top of the screen, as it stood before. */
    saidBefore: (headline: string) => `Before, we said: “${headline}”`,
};
