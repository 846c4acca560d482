import { failureSentences, type Said } from "#shared/domain/failure-sentences.ts";
import { Failed, type Failure } from "#shared/schema/failure.ts";

/** A failure as a terminal says it: what happened, then the one command that helps, which is the terminal's button. */
export function sayFailure(failure: Failure): string {
    // Each sentence takes the data of its own code, which TypeScript cannot follow through the index.
    const say = failureSentences[failure.code] as (data: Failure["data"]) => Said;
    const { sentence, command } = say(failure.data);
    return `${sentence}\nTo go on, type: ${command}`;
}

/** Whatever was thrown, for the terminal. What is no failure of ours is a bug of ours: its own lines stand below. */
export function sayError(error: unknown): string {
    if (error instanceof Failed) return sayFailure(error.failure);
    const reference = crypto.randomUUID().slice(0, 8);
    const lines = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${sayFailure({ code: "UNEXPECTED", data: { reference } })}\n\n${reference}: ${lines}`;
}
