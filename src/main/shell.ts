/** A two-way port to a process that may die; the same in both shells. */
export type Port = {
    postMessage(message: unknown): void;
    on(event: "message", listener: (event: { data: unknown }) => void): void;
};

/** How a child process ended. */
export type ProcessExit = { exitCode: number | null; signal: string | null };

/** A process behind the host: engine or inspector. */
export type ChildProcess = {
    pid: number | undefined;
    port: Port;
    /** Resolves once, when the process is gone. */
    exited: Promise<ProcessExit>;
    /** The last lines it wrote to stdout and stderr, at most 64 KiB. */
    readLogTail(): string;
    /** Ends it at once (SIGKILL). */
    kill(): void;
};

/** Folders, all absolute. */
export type Paths = {
    /** Database, settings, lock: 0700. */
    data: string;
    /** Model files of this user. */
    models: string;
    /** The starter model and other files that set-up fetched. */
    cache: string;
    /** resources/ of this build. */
    resources: string;
    /** The built renderer. */
    renderer: string;
    /** Roots that may be browsed for model files. */
    browseRoots: string[];
};

/** What a shell gives. Nothing else differs between Electron and the web host. */
export type Shell = {
    kind: "electron" | "web";
    version: string;
    paths: Paths;
    spawnEngine(): ChildProcess;
    /** `memoryLimitMebibytes` bounds its JavaScript heap. */
    spawnInspector(memoryLimitMebibytes: number): ChildProcess;
    /** Path of the built storage worker, for `new Worker`. */
    storageEntry: string;
    /** Path of the built bandwidth worker, for `new Worker`. */
    bandwidthEntry: string;
    /** Threads the engine gets when the reader set none; from HEARTH_THREADS, else null. */
    threadsOverride: number | null;
    /** A described machine (`--machine FILE`) that stands in for the scan; null: scan this computer. */
    machineFile: string | null;
    /** Another catalog (`--catalog FILE`); null: the one that ships. */
    catalogFile: string | null;
};
