import { useQuery } from "@tanstack/react-query";
import type { Api } from "#shared/contract/contract.ts";
import type { ChatId, ModelId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";

export const keys = {
    chats: ["chats", "list"] as const,
    chat: (chatId: ChatId) => ["chats", "get", chatId] as const,
    models: ["models", "list"] as const,
    runs: (modelId: ModelId | null) => ["measurements", "list", modelId] as const,
};

const readChats = (api: Api) => api.chats.list({});

export function useChats() {
    const api = useApi();
    return useQuery({ queryKey: keys.chats, queryFn: () => readChats(api) });
}

export function useChat(chatId: ChatId) {
    const api = useApi();
    return useQuery({ queryKey: keys.chat(chatId), queryFn: () => api.chats.get({ chatId }) });
}

export function useModels() {
    const api = useApi();
    return useQuery({ queryKey: keys.models, queryFn: () => api.models.list() });
}

/** Measured answers of one model, newest first. */
export function useRuns(modelId: ModelId | null) {
    const api = useApi();
    return useQuery({
        queryKey: keys.runs(modelId),
        queryFn: () => api.measurements.list({ modelId }),
        enabled: modelId !== null,
    });
}
