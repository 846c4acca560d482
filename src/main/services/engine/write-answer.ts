import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Turn } from "#shared/schema/chat.ts";
import { Failed } from "#shared/schema/failure.ts";
import type { Prompt, TemplateUse } from "#shared/schema/prompt.ts";
import type { Templates } from "../templates/templates.ts";
import type { EngineLink } from "./engine-link.ts";

/** What the engine tells while it makes an answer. */
export type GenerationEvent =
    | { kind: "reading"; tokensRead: number; tokensTotal: number }
    /** `tokensWritten`: of the whole answer, with this text. */
    | { kind: "text"; text: string; tokensWritten: number };

/** Parts of the context that the conversation may take: what a template writes around the turns is known only afterwards. */
const SHARES = [0.75, 0.5, 0.25] as const;

const stoppedEarly: AnswerStatistics = {
    promptTokens: 0,
    cachedTokens: 0,
    answerTokens: 0,
    timeToFirstTokenMilliseconds: 0,
    tokensPerSecond: null,
    promptTokensPerSecond: null,
    stopReason: "stopped",
};

type Asking = {
    maxTokens: number | null;
    signal: AbortSignal;
    /** Milliseconds until an engine that does not heed a stop is ended. */
    stopLimit: number;
    onEvent: (event: GenerationEvent) => void;
};

/**
 * Fits the turns into the context, has them laid out, and lets the engine write. The oldest exchanges go first where they
 * do not fit; PROMPT_TOO_LONG where the last one alone does not. Time to first token counts from the call.
 */
export async function writeAnswer(
    link: EngineLink,
    templates: Templates,
    {
        filePath,
        turns,
        onTemplate,
        ...asking
    }: Asking & { filePath: string; turns: Turn[]; onTemplate: (template: TemplateUse) => void },
): Promise<AnswerStatistics> {
    const begun = performance.now();
    for (const share of SHARES) {
        const kept = await fit(link, turns, share);
        const prepared = await templates.prepare(filePath, kept, asking.signal);
        if (prepared === null || asking.signal.aborted) return stoppedEarly;
        onTemplate(prepared.template);
        const preparedMilliseconds = performance.now() - begun;
        try {
            const statistics = await askToWrite(link, prepared.prompt, asking);
            return {
                ...statistics,
                timeToFirstTokenMilliseconds: statistics.timeToFirstTokenMilliseconds + preparedMilliseconds,
            };
        } catch (error) {
            const isTooLong = error instanceof Failed && error.failure.code === "PROMPT_TOO_LONG";
            const canDrop = kept.filter(({ role }) => role === "user").length > 1;
            if (!isTooLong || !canDrop || share === SHARES.at(-1)) throw error;
        }
    }
    throw new Error("the last share returns or throws");
}

async function fit(link: EngineLink, turns: Turn[], share: number): Promise<Turn[]> {
    const { firstTurn } = await link.request({ kind: "fit", turns, share }, (message) =>
        message.kind === "fitted" ? message : undefined,
    ).result;
    return turns.filter(({ role }, index) => role === "system" || index >= firstTurn);
}

async function askToWrite(link: EngineLink, prompt: Prompt, { maxTokens, signal, stopLimit, onEvent }: Asking) {
    const { id, result } = link.request({ kind: "generate", prompt, maxTokens }, (message) => {
        if (message.kind === "reading")
            onEvent({ kind: "reading", tokensRead: message.tokensRead, tokensTotal: message.tokensTotal });
        if (message.kind === "text")
            onEvent({ kind: "text", text: message.text, tokensWritten: message.tokensWritten });
        return message.kind === "generated" ? message.statistics : undefined;
    });
    let killer: NodeJS.Timeout | undefined;
    const stop = () => {
        link.stop(id);
        killer = setTimeout(() => link.endSilent(stopLimit), stopLimit);
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
        return await result;
    } finally {
        signal.removeEventListener("abort", stop);
        clearTimeout(killer);
    }
}
