export type Starter = { kind: "ready"; path: string } | { kind: "missing"; reason: string };
export function cacheFolder(env?: Record<string, string | undefined>): string;
export function fetchStarter(options: {
    log: (line: string) => void;
    env?: Record<string, string | undefined>;
    folder?: string;
}): Promise<Starter>;
