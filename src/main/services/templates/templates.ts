import { stat } from "node:fs/promises";
import type { Turn } from "#shared/schema/chat.ts";
import type { Prompt, TemplateProblem, TemplateUse } from "#shared/schema/prompt.ts";
import type { Fallback, Rendering } from "../../inspector/messages.ts";
import type { ChildProcess } from "../../shell.ts";
import { createInspectorProcess, type Outcome } from "../inspector/inspector-process.ts";
import type { Log } from "../log/log.ts";

export type Prepared = { prompt: Prompt; template: TemplateUse };

/**
 * Lays out conversations. A chat template is a stranger's program: it runs in a process of its own that may die, and only
 * what it wrote goes on to the engine.
 */
export type Templates = {
    /**
     * The prompt for these turns. A template that fails, is late or expands gives way to its family's known format, and
     * stays out of use until Hearth ends. Null: `signal` was aborted.
     */
    prepare(filePath: string, turns: Turn[], signal: AbortSignal): Promise<Prepared | null>;
    /** Ends the process; it holds some tens of megabytes. */
    rest(): void;
};

/** Bar B6 of security.md: answer, fallback or refusal within two seconds. */
const LIMIT_MILLISECONDS = 1500;
/** Starting a process and importing the library, on a busy computer. */
const START_MILLISECONDS = 20_000;
/** After so long without a question the process gives its memory back; the next one starts it again. */
const REST_MILLISECONDS = 600_000;
/** Late once may be the computer's fault; late twice is the template's. */
const LATE_ALLOWED = 2;

/** What every model can read: plain titles. For a file whose family could not even be asked for. */
const LAST_RESORT: Fallback = { format: "general", options: {}, name: "General" };

type Problem = { problem: TemplateProblem; times: number };
/** What was found out about a file: the format that lays out its conversations without a process, or what went wrong. */
type Finding = { format?: Format; problem?: Problem };
type Format = Fallback & { source: TemplateUse["source"]; problem: TemplateProblem | null };

export function createTemplates({ spawn, log }: { spawn: () => ChildProcess; log: Log }): Templates {
    const child = createInspectorProcess(spawn);
    let resting: NodeJS.Timeout | undefined;
    let queue: Promise<unknown> = Promise.resolve();
    /** By place, size and time of change. */
    const findings = new Map<string, Finding>();

    const render = async (filePath: string, turns: Turn[], signal: AbortSignal) => {
        let fallback = LAST_RESORT;
        const outcome = await child.ask(
            { kind: "render", filePath, turns },
            (message) => {
                if (message.kind === "begun") fallback = message.fallback;
                return message.kind === "rendered" ? message.rendering : undefined;
            },
            { start: START_MILLISECONDS, answer: LIMIT_MILLISECONDS, signal, killOnAbort: true },
        );
        return { outcome, fallback };
    };

    const prepareNow: Templates["prepare"] = async (filePath, turns, signal) => {
        const { size, mtimeMs } = await stat(filePath);
        const key = `${filePath}\0${size}\0${mtimeMs}`;
        const finding = findings.get(key) ?? {};
        findings.set(key, finding);
        if (finding.format) return layOut(finding.format, turns);
        clearTimeout(resting);
        resting = setTimeout(child.end, REST_MILLISECONDS).unref();
        const { outcome, fallback } = await render(filePath, turns, signal);
        if (outcome.kind === "stopped") return null;
        if (outcome.kind === "reply" && outcome.reply.outcome === "ok") {
            const { prompt, source, name } = outcome.reply;
            if (prompt.kind === "known") {
                // A format of the library is laid out without the process.
                finding.format = { format: prompt.format, options: prompt.options, name, source, problem: null };
                child.end();
            }
            return { prompt, template: { source, name, problem: null } };
        }
        const problem = findProblem(outcome);
        const times = (finding.problem?.times ?? 0) + 1;
        finding.problem = { problem, times };
        log.warn("template.refused", { problem, times });
        const known: Format = { ...fallback, source: "known", problem };
        if (problem !== "too-slow" || times >= LATE_ALLOWED) {
            finding.format = known;
            child.end();
        }
        return layOut(known, turns);
    };

    return {
        async prepare(filePath, turns, signal) {
            // A question that comes while the last one's template is looked at can use what is found out.
            const before = queue;
            const result = raceAbort(before, signal).then((isFree) =>
                isFree ? prepareNow(filePath, turns, signal) : null,
            );
            queue = Promise.allSettled([before, result]);
            return result;
        },
        rest: child.end,
    };
}

/** False where the signal was faster. */
async function raceAbort(work: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => resolve(), { once: true });
    await Promise.race([work, aborted]);
    return !signal.aborted;
}

const layOut = ({ format, options, name, source, problem }: Format, turns: Turn[]): Prepared => ({
    prompt: { kind: "known", format, options, turns },
    template: { source, name, problem },
});

function findProblem(outcome: Outcome<Rendering>): TemplateProblem {
    switch (outcome.kind) {
        case "reply":
            return outcome.reply.outcome === "refused" ? outcome.reply.problem : "error";
        case "late":
            return "too-slow";
        case "ended":
            return /out of memory/i.test(outcome.logTail) ? "too-much-memory" : "crashed";
        case "stopped":
            return "error";
    }
}
