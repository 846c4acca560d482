import { useMutation } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ModelId } from "#shared/schema/ids.ts";
import { useApi } from "../app/api-context.ts";
import { useLive } from "../app/use-live.ts";

type Asked = { modelId: ModelId | null; isFull?: boolean };

/** The engine's state as it changes, and the two things the chat asks of it. `error`: why the last of them failed. */
export function useEngine() {
    const api = useApi();
    const watch = useCallback((signal: AbortSignal) => api.engine.watch(undefined, { signal }), [api]);
    const state = useLive(watch);
    const asking = useMutation({
        mutationFn: ({ modelId, isFull = false }: Asked) => {
            if (!modelId) return api.engine.unload();
            return isFull ? api.engine.loadFull({ modelId }) : api.engine.load({ modelId });
        },
    });
    const { mutate, variables } = asking;
    const modelId = state?.model?.modelId ?? variables?.modelId;
    return {
        state,
        error: asking.error,
        load: (wanted: ModelId) => mutate({ modelId: wanted }),
        /** The model that gave up, with the smaller settings that its failure offered; the host has them. */
        loadSmaller: (goOn: () => void) => {
            if (modelId) mutate({ modelId }, { onSuccess: goOn });
        },
        /** The model as the verdict has it, whatever it was kept to. */
        loadFull: () => {
            if (modelId) mutate({ modelId, isFull: true });
        },
        unload: () => mutate({ modelId: null }),
        again: () => variables && mutate(variables),
    };
}
