import { useMutation } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ModelId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";
import { useLive } from "../app/use-live.ts";

/** The engine's state as it changes, and the two things the chat asks of it. `error`: why the last of them failed. */
export function useEngine() {
    const api = useApi();
    const watch = useCallback((signal: AbortSignal) => api.engine.watch(undefined, { signal }), [api]);
    const state = useLive(watch);
    const asking = useMutation({
        mutationFn: (modelId: ModelId | null) => (modelId ? api.engine.load({ modelId }) : api.engine.unload()),
    });
    const { mutate, variables } = asking;
    return {
        state,
        error: asking.error,
        load: (modelId: ModelId) => mutate(modelId),
        unload: () => mutate(null),
        again: () => mutate(variables ?? null),
    };
}
