import type { ChatHistoryItem } from "node-llama-cpp";
import type { Turn } from "#shared/schema/chat.ts";

/** The turns as the library's history, with the empty answer that is to be written at its end. */
export const toHistory = (turns: Turn[]): ChatHistoryItem[] => [
    ...turns.map((turn): ChatHistoryItem => {
        switch (turn.role) {
            case "system":
                return { type: "system", text: turn.text };
            case "user":
                return { type: "user", text: turn.text };
            case "assistant":
                return { type: "model", response: [turn.text] };
        }
    }),
    { type: "model", response: [] },
];
