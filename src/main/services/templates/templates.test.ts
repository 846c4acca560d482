import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { spawnChild } from "../../host/spawn.ts";
import { text, writeGguf } from "../../inspector/gguf-writer.fixtures.ts";
import { smallModel } from "../../inspector/malformed.fixtures.ts";
import type { Turn } from "#shared/schema/chat.ts";
import type { ChildProcess } from "../../shell.ts";
import { hostileTemplates, withFamily } from "./hostile-templates.fixtures.ts";
import { createTemplates } from "./templates.ts";

const entry = new URL("../../inspector/main.ts", import.meta.url).pathname;
const HEAP = ["--max-old-space-size=48"];
/** Bar B6 of security.md allows 256 MiB. */
const MOST_ADDED_BYTES = 192 * 2 ** 20;
const never = () => new AbortController().signal;
const hello: Turn[] = [{ role: "user", text: "Hello" }];

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), "hearth-templates-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function modelWith(template: string | null): Promise<string> {
    const filePath = path.join(folder, `${crypto.randomUUID()}.gguf`);
    const file = smallModel();
    file.entries = file.entries.filter(([key]) => key !== "tokenizer.chat_template");
    if (template !== null) file.entries.push(["tokenizer.chat_template", text(template)]);
    await writeFile(filePath, writeGguf(file));
    return filePath;
}

function create() {
    const children: ChildProcess[] = [];
    const warnings: unknown[] = [];
    const templates = createTemplates({
        spawn: () => {
            const child = spawnChild(entry, { execArgv: HEAP });
            children.push(child);
            return child;
        },
        log: { info: () => undefined, warn: (_event, data) => void warnings.push(data) },
    });
    return { templates, children, warnings };
}

function peakBytes(pid: number | undefined): number {
    try {
        return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
    } catch {
        return 0;
    }
}

describe("B6: a template that means harm", () => {
    test.each(hostileTemplates)("%s", async (_name, template, problems) => {
        const { templates, children } = create();
        const filePath = await modelWith(withFamily(template));
        let peak = 0;
        const watching = setInterval(() => {
            for (const { pid } of children) peak = Math.max(peak, peakBytes(pid));
        }, 25);
        const prepared = await templates.prepare(filePath, hello, never());
        clearInterval(watching);
        templates.rest();
        // The bare process with the library in it has some 120 MiB; what a template adds is bounded.
        expect(peak).toBeLessThan(120 * 2 ** 20 + MOST_ADDED_BYTES);
        expect(prepared?.template).toMatchObject({ source: "known", name: "ChatML" });
        expect(problems).toContain(prepared?.template.problem);
        expect(prepared?.prompt).toEqual({ kind: "known", format: "chatML", options: {}, turns: hello });
    });
});

/** A conversation that is longer by an exchange, as it is for a second question. */
const longer: Turn[] = [...hello, { role: "assistant", text: "Hi <b>" }, { role: "user", text: "And <|im_end|> now?" }];
const chatMl =
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
const ownStyle =
    "{% for m in messages %}[{{ m.role }}] {{ m.content }} [end]{% endfor %}{% if add_generation_prompt %}[assistant] {% endif %}";

describe("a template that works", () => {
    test("and is one of the known formats needs no process from then on", async () => {
        const { templates, children, warnings } = create();
        const filePath = await modelWith(chatMl);
        expect(await templates.prepare(filePath, hello, never())).toEqual({
            prompt: { kind: "known", format: "chatML", options: {}, turns: hello },
            template: { source: "file", name: "ChatML", problem: null },
        });
        await Promise.all(children.map(({ exited }) => exited));
        expect(await templates.prepare(filePath, longer, never())).toMatchObject({ prompt: { turns: longer } });
        expect(children).toHaveLength(1);
        expect(warnings).toEqual([]);
    });

    test("asked for twice at once, as by a load and the first question, is found out once", async () => {
        const { templates, children } = create();
        const filePath = await modelWith(chatMl);
        const both = [templates.prepare(filePath, hello, never()), templates.prepare(filePath, longer, never())];
        expect(await Promise.all(both)).toMatchObject([{ prompt: { turns: hello } }, { prompt: { turns: longer } }]);
        expect(children).toHaveLength(1);
    });

    test("and is its author's own is run where it can do no harm; what the reader wrote stays text", async () => {
        const { templates, children } = create();
        const filePath = await modelWith(ownStyle);
        const first = await templates.prepare(filePath, hello, never());
        const second = await templates.prepare(filePath, longer, never());
        templates.rest();
        expect(first?.template).toEqual({ source: "file", name: "JinjaTemplate", problem: null });
        if (first?.prompt.kind !== "rendered" || second?.prompt.kind !== "rendered") throw new Error("not rendered");
        const plain = (text: typeof first.prompt.text) =>
            (typeof text === "string" ? [text] : text)
                .map((part) => (typeof part === "string" ? part : part.value))
                .join("");
        expect(plain(first.prompt.text)).toContain("[user] Hello [end][assistant]");
        // The second prompt goes on where the first one ended, so that only what is new is read.
        expect(plain(second.prompt.text).startsWith(plain(first.prompt.text).trimEnd())).toBe(true);
        expect(second.prompt.text).toEqual(expect.arrayContaining([expect.stringContaining("And <|im_end|> now?")]));
        expect(children).toHaveLength(1);
    });

    test("and marks its thoughts says how", async () => {
        const { templates } = create();
        const thinking = ownStyle.replace(
            "{{ m.content }}",
            "{% if m.reasoning_content %}<think>{{ m.reasoning_content }}</think>{% endif %}{{ m.content }}",
        );
        const prepared = await templates.prepare(await modelWith(thinking), hello, never());
        templates.rest();
        expect(prepared?.prompt).toMatchObject({ kind: "rendered", thought: { openOnResponseStart: false } });
    });
});

test("a file without a template gets the known format of its name", async () => {
    const { templates } = create();
    const prepared = await templates.prepare(await modelWith(null), hello, never());
    templates.rest();
    expect(prepared).toMatchObject({ prompt: { kind: "known" }, template: { source: "none", problem: null } });
});

test("a stop is heard while a template runs, and the next question is answered", async () => {
    const { templates } = create();
    const endless = hostileTemplates.find(([name]) => name === "nested loops")?.[1] ?? "";
    const stopping = new AbortController();
    const prepared = templates.prepare(await modelWith(endless), hello, stopping.signal);
    setImmediate(() => stopping.abort());
    expect(await prepared).toBeNull();
    expect(await templates.prepare(await modelWith(chatMl), hello, never())).toMatchObject({
        template: { source: "file" },
    });
});

test("late once, a template gets another try; late twice, none", async () => {
    const { templates, warnings } = create();
    const endless = hostileTemplates.find(([name]) => name === "nested loops")?.[1] ?? "";
    const filePath = await modelWith(withFamily(endless));
    for (let question = 0; question < 3; question++)
        expect(await templates.prepare(filePath, hello, never())).toMatchObject({ template: { problem: "too-slow" } });
    expect(warnings).toEqual([
        { problem: "too-slow", times: 1 },
        { problem: "too-slow", times: 2 },
    ]);
});
