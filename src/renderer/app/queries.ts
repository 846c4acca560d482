import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Corrections } from "#shared/schema/machine.ts";
import type { SettingsPatch } from "#shared/schema/settings.ts";
import { useApi } from "./api-context.ts";
import { useLive } from "./use-live.ts";

export const appKeys = {
    settings: ["settings"] as const,
    status: ["about", "status"] as const,
    machine: ["hardware", "scan"] as const,
    catalog: ["models", "catalog"] as const,
    models: ["models", "list"] as const,
    chats: ["chats", "list"] as const,
    runs: ["measurements", "list", null] as const,
};

export function useSettings() {
    const api = useApi();
    return useQuery({ queryKey: appKeys.settings, queryFn: () => api.settings.get() });
}

/** Changes settings; the window shows the change before the host has answered. */
export function useChangeSettings() {
    const api = useApi();
    const queries = useQueryClient();
    return useMutation({
        mutationFn: (patch: SettingsPatch) => api.settings.set(patch),
        onSuccess: (settings) => queries.setQueryData(appKeys.settings, { settings, notice: null }),
    });
}

export function useStatus() {
    const api = useApi();
    return useQuery({ queryKey: appKeys.status, queryFn: () => api.about.status() });
}

/** The name of the described computer that stands in for this one; null: this one, or not known yet. */
export function useDescribedTitle(): string | null {
    const api = useApi();
    const { data } = useQuery({ queryKey: appKeys.machine, queryFn: () => api.hardware.scan({}) });
    return data?.kind === "described" ? (data.title ?? data.cpu.name.value) : null;
}

/** This computer: the scan, then each change as probes and corrections come in. `scanAgain` reads it anew. */
export function useMachine() {
    const api = useApi();
    const queries = useQueryClient();
    const scan = useQuery({ queryKey: appKeys.machine, queryFn: () => api.hardware.scan({}) });
    const watch = useCallback((signal: AbortSignal) => api.hardware.watch(undefined, { signal }), [api]);
    const live = useLive(watch);
    const rescan = useMutation({
        mutationFn: () => api.hardware.scan({ fresh: true }),
        onSuccess: (machine) => queries.setQueryData(appKeys.machine, machine),
    });
    const correct = useMutation({
        mutationFn: (corrections: Corrections) => api.hardware.correct(corrections),
        onSuccess: (machine) => {
            queries.setQueryData(appKeys.machine, machine);
            void queries.invalidateQueries({ queryKey: appKeys.settings });
        },
    });
    const known = rescan.isPending ? live : (scan.data ?? live);
    // Whichever was read later; a correction keeps the time of its scan, so the live one wins a tie.
    const machine = live && (!known || live.scannedAt >= known.scannedAt) ? live : known;
    return { machine, scan, rescan, correct };
}

export function useCatalog() {
    const api = useApi();
    return useQuery({ queryKey: appKeys.catalog, queryFn: () => api.models.catalog(), staleTime: Infinity });
}

export function useLibrary() {
    const api = useApi();
    return useQuery({ queryKey: appKeys.models, queryFn: () => api.models.list() });
}

export function useChats() {
    const api = useApi();
    return useQuery({ queryKey: appKeys.chats, queryFn: () => api.chats.list({}), staleTime: 0 });
}

/** Measured answers of all models, newest first. */
export function useAllRuns() {
    const api = useApi();
    return useQuery({ queryKey: appKeys.runs, queryFn: () => api.measurements.list({ modelId: null }), staleTime: 0 });
}

export function useEngineState() {
    const api = useApi();
    const watch = useCallback((signal: AbortSignal) => api.engine.watch(undefined, { signal }), [api]);
    return useLive(watch);
}

export function useMemoryNow() {
    const api = useApi();
    const watch = useCallback((signal: AbortSignal) => api.hardware.watchMemory(undefined, { signal }), [api]);
    return useLive(watch);
}
