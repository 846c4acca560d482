import type { Failure } from "#shared/schema/failure.ts";
import type { Services } from "../../door.ts";
import type { Shell } from "../../shell.ts";

/** What this Hearth is, and what has left this computer since it started. */
export function aboutProcedures({
    shell,
    readNotices,
    countConnections,
}: {
    shell: Shell;
    /** What is wrong now with where Hearth lives; null for a part that is well. */
    readNotices: () => (Failure | null)[];
    /** Connections beyond this computer so far. */
    countConnections: () => number;
}): Services["about"] {
    return {
        status: () => ({
            version: shell.version,
            shell: shell.kind,
            notices: readNotices().filter((notice) => notice !== null),
            connections: countConnections(),
        }),
    };
}
