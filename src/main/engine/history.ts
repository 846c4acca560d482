import type { ChatHistoryItem } from "node-llama-cpp";
import type { Turn } from "#shared/schema/chat.ts";
import type { Loaded } from "./load.ts";

/** Part of the context kept for the answer when old turns have to go. */
const ANSWER_SHARE = 0.25;

/** The turns as the library's history; the last one is always the reader's. */
export function toHistory(turns: Turn[]): ChatHistoryItem[] {
    return turns.map((turn): ChatHistoryItem => {
        switch (turn.role) {
            case "system":
                return { type: "system", text: turn.text };
            case "user":
                return { type: "user", text: turn.text };
            case "assistant":
                return { type: "model", response: [turn.text] };
        }
    });
}

/** Tokens of the prompt exactly as LlamaChat will ask for them, with an empty answer at its end. */
export function tokenizeHistory({ chat, model }: Loaded, history: ChatHistoryItem[]) {
    const { contextText } = chat.chatWrapper.generateContextState({
        chatHistory: [...history, { type: "model", response: [] }],
    });
    return contextText.tokenize(model.tokenizer);
}

/**
 * The newest turns that leave room for an answer. Oldest turns go first, at turn borders; the system turn and the last one
 * stay. Null: even the last turn alone is too long.
 */
export function fitHistory(
    loaded: Loaded,
    turns: Turn[],
): { history: ChatHistoryItem[]; tokens: ReturnType<typeof tokenizeHistory> } | null {
    const system = turns.filter((turn) => turn.role === "system");
    let rest = turns.filter((turn) => turn.role !== "system");
    const contextTokens = loaded.context.contextSize;
    while (rest.length > 0) {
        const history = toHistory([...system, ...rest]);
        const tokens = tokenizeHistory(loaded, history);
        if (
            tokens.length <= contextTokens * (1 - ANSWER_SHARE) ||
            (rest.length === 1 && tokens.length < contextTokens - 64)
        )
            return { history, tokens };
        // Drops a question together with its answers, so that the conversation still begins with the reader.
        const nextQuestion = rest.findIndex((turn, index) => index > 0 && turn.role === "user");
        if (nextQuestion < 0) return null;
        rest = rest.slice(nextQuestion);
    }
    return null;
}
