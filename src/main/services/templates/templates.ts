import { stat } from "node:fs/promises";
import type { Turn } from "#shared/schema/chat.ts";
import type { Prompt, TemplateProblem, TemplateUse } from "#shared/schema/prompt.ts";
import type { Rendering } from "../../inspector/messages.ts";
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

/** Bar B6 of security.md: answer, fallback or refusal within two seconds; the known format takes a part of one. */
const LIMIT_MILLISECONDS = 1500;
/** Starting a process and importing the library, on a busy computer. */
const START_MILLISECONDS = 8000;
/** Late once may be the computer's fault; late twice is the template's. */
const LATE_ALLOWED = 2;

export function createTemplates({ spawn, log }: { spawn: () => ChildProcess; log: Log }): Templates {
    const child = createInspectorProcess(spawn);
    /** By place, size and time of change: what was found out about a file's template. */
    const known = new Map<string, Omit<Prepared, "prompt"> & { prompt: Extract<Prompt, { kind: "known" }> }>();
    const problems = new Map<string, { problem: TemplateProblem; times: number }>();

    const ask = (filePath: string, turns: Turn[], useFileTemplate: boolean, signal: AbortSignal) =>
        child.ask(
            { kind: "render", filePath, turns, useFileTemplate },
            (message) => (message.kind === "rendered" ? message.rendering : undefined),
            { start: START_MILLISECONDS, answer: LIMIT_MILLISECONDS, signal, killOnAbort: true },
        );

    const isOut = (key: string): boolean => {
        const seen = problems.get(key);
        return seen !== undefined && (seen.problem !== "too-slow" || seen.times >= LATE_ALLOWED);
    };

    return {
        async prepare(filePath, turns, signal) {
            const { size, mtimeMs } = await stat(filePath);
            const key = `${filePath}\0${size}\0${mtimeMs}`;
            const ready = known.get(key);
            if (ready) return { ...ready, prompt: { ...ready.prompt, turns } };
            let useFileTemplate = !isOut(key);
            let outcome = await ask(filePath, turns, useFileTemplate, signal);
            if (outcome.kind === "stopped") return null;
            const problem = useFileTemplate ? findProblem(outcome) : null;
            if (problem) {
                problems.set(key, { problem, times: (problems.get(key)?.times ?? 0) + 1 });
                log.warn("template.refused", { problem });
                useFileTemplate = false;
                outcome = await ask(filePath, turns, useFileTemplate, signal);
                if (outcome.kind === "stopped") return null;
            }
            if (outcome.kind !== "reply" || outcome.reply.outcome !== "ok") {
                log.warn("template.none", { outcome: outcome.kind });
                return lastResort(turns, problem);
            }
            const { prompt, source, name } = outcome.reply;
            const template = { source, name, problem: source === "known" ? (problems.get(key)?.problem ?? null) : null };
            // A format of the library needs no process to be laid out; a late template gets another try.
            if (prompt.kind === "known" && (useFileTemplate || isOut(key))) {
                known.set(key, { prompt, template });
                child.end();
            }
            return { prompt, template };
        },
        rest: child.end,
    };
}

function findProblem(outcome: Outcome<Rendering>): TemplateProblem | null {
    switch (outcome.kind) {
        case "reply":
            return outcome.reply.outcome === "refused" ? outcome.reply.problem : null;
        case "late":
            return "too-slow";
        case "ended":
            return /out of memory/i.test(outcome.logTail) ? "too-much-memory" : "crashed";
        case "stopped":
            return null;
    }
}

/** Where not even the known format can be asked for: plain titles, which every model can read. */
const lastResort = (turns: Turn[], problem: TemplateProblem | null): Prepared => ({
    prompt: { kind: "known", format: "general", options: {}, turns },
    template: { source: "known", name: "General", problem: problem ?? "crashed" },
});
