import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Turn } from "#shared/schema/chat.ts";
import { Failed } from "#shared/schema/failure.ts";
import type { TemplateUse } from "#shared/schema/prompt.ts";
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
        maxTokens,
        signal,
        onEvent,
        onTemplate,
        onRequest,
    }: {
        filePath: string;
        turns: Turn[];
        maxTokens: number | null;
        signal: AbortSignal;
        onEvent: (event: GenerationEvent) => void;
        onTemplate: (template: TemplateUse) => void;
        /** The engine's request that can be stopped. */
        onRequest: (id: number) => void;
    },
): Promise<AnswerStatistics> {
    const begun = performance.now();
    for (const share of SHARES) {
        const fitting = link.request({ kind: "fit", turns, share }, (message) =>
            message.kind === "fitted" ? message : undefined,
        );
        const { firstTurn } = await fitting.result;
        const kept = turns.filter(({ role }, index) => role === "system" || index >= firstTurn);
        const prepared = await templates.prepare(filePath, kept, signal);
        if (prepared === null || signal.aborted) return stoppedEarly;
        onTemplate(prepared.template);
        const preparedMilliseconds = performance.now() - begun;
        const { id, result } = link.request({ kind: "generate", prompt: prepared.prompt, maxTokens }, (message) => {
            if (message.kind === "reading")
                onEvent({ kind: "reading", tokensRead: message.tokensRead, tokensTotal: message.tokensTotal });
            if (message.kind === "text")
                onEvent({ kind: "text", text: message.text, tokensWritten: message.tokensWritten });
            return message.kind === "generated" ? message.statistics : undefined;
        });
        onRequest(id);
        try {
            const statistics = await result;
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
    throw new Failed({ code: "UNEXPECTED", data: { reference: "shares" } });
}
