import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { webHostArguments } from "../scripts/web-host.mjs";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const linkPattern = /http:\/\/127\.0\.0\.1:\d+\/\S+/;

/** Folder of the starter model that set-up fetched; undefined where it could not be had, and then words are not tested. */
export const starterFile = process.env["HEARTH_TEST_MODEL"] || undefined;
export const whyNoStarter = "the starter model is not on this machine (set-up says why)";

/** A web host on an empty profile of its own, as `npm start` runs it. */
export class HearthHost {
    readonly folder = mkdtempSync(path.join(tmpdir(), "hearth-e2e-"));
    output = "";
    private child: ChildProcess | undefined;
    private readonly environment: Record<string, string>;
    private readonly root: string;
    private readonly under: string[];

    /** `root`: another built app than this repository's; `under`: a program that runs and watches it, with its arguments. */
    constructor(
        environment: Record<string, string> = {},
        { root: appRoot = root, under = [] }: { root?: string; under?: string[] } = {},
    ) {
        this.environment = environment;
        this.root = appRoot;
        this.under = under;
    }

    get pid(): number {
        const pid = this.child?.pid;
        if (pid === undefined) throw new Error("the host does not run");
        return pid;
    }

    /** Starts it and resolves with the one-time link that it prints. */
    async start(args: string[] = []): Promise<string> {
        this.output = "";
        const cache = path.join(this.folder, "cache");
        if (starterFile && this.environment["HEARTH_STARTER"] !== "none" && !existsSync(cache))
            cpSync(path.dirname(starterFile), path.join(cache, "starter"), { recursive: true });
        const [program = "", ...rest] = [...this.under, process.execPath, ...webHostArguments(this.root), ...args];
        const child = spawn(program, rest, {
            env: {
                ...process.env,
                HEARTH_DATA: path.join(this.folder, "data"),
                HEARTH_MODELS: path.join(this.folder, "models"),
                HEARTH_CACHE: cache,
                HEARTH_NO_OPEN: "1",
                HEARTH_THREADS: "1",
                ...this.environment,
            },
            stdio: ["ignore", "pipe", "pipe"],
        });
        this.child = child;
        return new Promise((resolve, reject) => {
            const read = (data: Buffer) => {
                this.output += data.toString("utf8");
                const link = linkPattern.exec(this.output)?.[0];
                if (link) resolve(link);
            };
            child.stdout.on("data", read);
            child.stderr.on("data", read);
            child.once("exit", (code) => reject(new Error(`the host ended with ${code}:\n${this.output}`)));
        });
    }

    /** Ends it, by default as a user would (SIGTERM), and waits until it is gone. */
    async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
        const child = this.child;
        this.child = undefined;
        if (!child || child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill(signal);
        await gone;
    }

    async dispose(): Promise<void> {
        await this.stop("SIGKILL");
        rmSync(this.folder, { recursive: true, force: true });
    }
}
