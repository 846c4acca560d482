import { useMutation } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ModelId } from "#shared/schema/ids.ts";
import type { RunSettings } from "#shared/schema/run-settings.ts";
import { useApi } from "../app/api-context.ts";
import { useLive } from "../app/use-live.ts";

type Asked = { modelId: ModelId | null; settings?: RunSettings | null };

/** The engine's state as it changes, and the two things the chat asks of it. `error`: why the last of them failed. */
export function useEngine() {
    const api = useApi();
    const watch = useCallback((signal: AbortSignal) => api.engine.watch(undefined, { signal }), [api]);
    const state = useLive(watch);
    const asking = useMutation({
        mutationFn: ({ modelId, settings = null }: Asked) =>
            modelId ? api.engine.load({ modelId, settings }) : api.engine.unload(),
    });
    const { mutate, variables } = asking;
    const modelId = variables?.modelId ?? state?.model?.modelId;
    return {
        state,
        error: asking.error,
        load: (wanted: ModelId) => mutate({ modelId: wanted }),
        /** The model asked for last, with so many tokens of conversation memory. */
        loadWith: (contextTokens: number) => {
            const settings = state?.settings ? { ...state.settings, contextTokens } : null;
            if (modelId) mutate({ modelId, settings });
        },
        unload: () => mutate({ modelId: null }),
        again: () => variables && mutate(variables),
    };
}
