import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { ModelId } from "#shared/schema/ids.ts";
import { useApi } from "./api-context.ts";
import { appKeys, useChangeSettings } from "./queries.ts";

/** The ways out of the first run: into the chat with a model, or home. */
export function useBegin() {
    const api = useApi();
    const queries = useQueryClient();
    const [, navigate] = useLocation();
    const settings = useChangeSettings();
    const chat = useMutation({
        mutationFn: async (modelId: ModelId) => {
            // The model loads while the chat opens; what goes wrong then is said there, by the engine's own state.
            void api.engine.load({ modelId }).catch(() => undefined);
            await settings.mutateAsync({ hasFinishedFirstRun: true });
            await queries.invalidateQueries({ queryKey: appKeys.chats });
        },
        onSuccess: () => navigate("/chat"),
    });
    const look = useMutation({
        mutationFn: () => settings.mutateAsync({ hasFinishedFirstRun: true }),
        onSuccess: () => navigate("/"),
    });
    return { chat, look };
}
