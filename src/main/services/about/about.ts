import type { Failure } from "#shared/schema/failure.ts";
import type { Services } from "../../door.ts";
import type { Shell } from "../../shell.ts";

/** What this Hearth is. In this version nothing of it opens a connection beyond loopback, so the count is 0 by construction. */
export function aboutProcedures({
    shell,
    readNotices,
}: {
    shell: Shell;
    /** What is wrong now with where Hearth lives; null for a part that is well. */
    readNotices: () => (Failure | null)[];
}): Services["about"] {
    return {
        status: () => ({
            version: shell.version,
            shell: shell.kind,
            notices: readNotices().filter((notice) => notice !== null),
            connections: 0,
        }),
    };
}
