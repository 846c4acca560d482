import type { AnswerStatistics } from "#shared/schema/answer.ts";
import type { Failure } from "#shared/schema/failure.ts";
import type { Prompt } from "#shared/schema/prompt.ts";
import { beginAsTrained } from "../prompt/begin-as-trained.ts";
import { makeWrapper } from "../prompt/make-wrapper.ts";
import { toHistory } from "../prompt/to-history.ts";
import { wrapRendered } from "../prompt/wrap-rendered.ts";
import type { Library } from "./library.ts";
import type { Loaded } from "./load.ts";
import { readPrompt } from "./read-prompt.ts";

/** Text is gathered so long before it is sent: one frame at 60 a second. */
const GATHER_MILLISECONDS = 16;

/**
 * Longest answer in tokens when nobody asks for another length. A small model can repeat itself without end, and the
 * library would shift the context and go on for ever.
 */
const MOST_ANSWER_TOKENS = 1024;

/** An answer that has less room than this is none. */
const LEAST_ANSWER_TOKENS = 64;

/** Sampling of the model card of the starter, SmolLM2-135M-Instruct (catalog/README.md section 3); calm enough for others. */
const SAMPLING = { temperature: 0.2, topP: 0.9 } as const;

/**
 * Writes one answer. Aborting ends it at the next token, or at the next slice of the prompt, with stopReason "stopped".
 * Returns the figures measured on the way, or a failure the prompt itself causes.
 */
export async function generate(
    library: Library,
    loaded: Loaded,
    prompt: Prompt,
    options: {
        signal: AbortSignal;
        maxTokens: number | null;
        onReading: (tokensRead: number, tokensTotal: number) => void;
        onWriting: () => void;
        /** `tokensWritten`: of the whole answer, with this text. */
        onText: (text: string, tokensWritten: number) => void;
    },
): Promise<AnswerStatistics | { failure: Failure }> {
    const { signal } = options;
    const begun = performance.now();
    const { chatWrapper, history } = layOut(library, loaded, prompt);
    // Tokens of the prompt exactly as LlamaChat will ask for them.
    const tokens = chatWrapper
        .generateContextState({ chatHistory: history })
        .contextText.tokenize(loaded.model.tokenizer);
    const { contextSize } = loaded.context;
    if (tokens.length > contextSize - LEAST_ANSWER_TOKENS)
        return {
            failure: { code: "PROMPT_TOO_LONG", data: { promptTokens: tokens.length, contextTokens: contextSize } },
        };
    options.onReading(0, tokens.length);
    const readBegun = performance.now();
    const cachedTokens = await readPrompt(loaded, tokens, {
        signal,
        onProgress: (tokensRead) => options.onReading(tokensRead, tokens.length),
    });
    const counts = { promptTokens: tokens.length, cachedTokens };
    if (signal.aborted)
        return {
            ...counts,
            promptTokensPerSecond: null,
            answerTokens: 0,
            timeToFirstTokenMilliseconds: performance.now() - begun,
            tokensPerSecond: null,
            stopReason: "stopped",
        };

    options.onWriting();
    let answerTokens = 0;
    const gathered = gatherText((text) => options.onText(text, answerTokens));
    let firstTokenAt: number | null = null;
    let lastTokenAt = begun;
    const chat = new library.LlamaChat({
        contextSequence: loaded.sequence,
        chatWrapper,
        autoDisposeSequence: false,
    });
    const reason = await chat
        .generateResponse(history, {
            signal,
            stopOnAbortSignal: true,
            ...SAMPLING,
            // Never beyond the context: the library would drop the beginning of the conversation.
            maxTokens: Math.min(options.maxTokens ?? MOST_ANSWER_TOKENS, contextSize - tokens.length - 1),
            onToken: (written) => {
                lastTokenAt = performance.now();
                firstTokenAt ??= lastTokenAt;
                answerTokens += written.length;
            },
            onResponseChunk: ({ text }) => gathered.add(text),
        })
        .then(
            ({ metadata }) => metadata.stopReason,
            (error: unknown) => {
                // Before its first token the library throws on a stop instead of saying so.
                if (signal.aborted) return "abort" as const;
                throw error;
            },
        )
        .finally(() => {
            gathered.flush();
            chat.dispose();
        });
    const decodeMilliseconds = lastTokenAt - (firstTokenAt ?? lastTokenAt);
    return {
        ...counts,
        // The first token is there when the whole prompt is read.
        promptTokensPerSecond:
            firstTokenAt === null
                ? null
                : ((tokens.length - cachedTokens) * 1000) / Math.max(0.001, firstTokenAt - readBegun),
        answerTokens,
        timeToFirstTokenMilliseconds: (firstTokenAt ?? performance.now()) - begun,
        tokensPerSecond:
            answerTokens > 1 && decodeMilliseconds > 0 ? ((answerTokens - 1) * 1000) / decodeMilliseconds : null,
        stopReason: reason === "abort" ? "stopped" : reason === "maxTokens" ? "length" : "end",
    };
}

/** A rendered prompt says the same whatever it is asked; the library still wants a history that ends with an answer. */
function layOut(library: Library, { model }: Loaded, prompt: Prompt) {
    const begin = beginAsTrained(library, model);
    return prompt.kind === "known"
        ? { chatWrapper: begin(makeWrapper(library, prompt)), history: toHistory(prompt.turns) }
        : { chatWrapper: begin(wrapRendered(library, prompt)), history: toHistory([{ role: "user", text: "" }]) };
}

function gatherText(send: (text: string) => void) {
    let waiting = "";
    let sentAt = 0;
    const flush = () => {
        if (waiting !== "") send(waiting);
        waiting = "";
        sentAt = performance.now();
    };
    return {
        add(text: string) {
            waiting += text;
            if (performance.now() - sentAt >= GATHER_MILLISECONDS) flush();
        },
        flush,
    };
}
