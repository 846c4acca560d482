import { useState } from "react";
import type { Corrections } from "#shared/schema/machine.ts";
import { type Change, changesOf } from "./corrections.ts";
import type { useMachine } from "./queries.ts";

/** Corrects this computer, and keeps what was changed since this screen opened, so that each value can be taken back. */
export function useCorrections({ machine, correct }: Pick<ReturnType<typeof useMachine>, "machine" | "correct">) {
    const [changes, setChanges] = useState<readonly Change[]>([]);
    const apply = async (corrections: Corrections) => {
        const made = machine ? changesOf(machine, corrections) : [];
        await correct.mutateAsync(corrections);
        setChanges((open) => [...open.filter(({ field }) => !made.some((one) => one.field === field)), ...made]);
    };
    return {
        changes,
        apply,
        undo: async ({ field, undo }: Change) => {
            await correct.mutateAsync(undo);
            setChanges((open) => open.filter((one) => one.field !== field));
        },
    };
}
