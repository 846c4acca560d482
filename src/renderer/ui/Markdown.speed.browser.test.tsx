import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { cdp, page } from "vitest/browser";
import "./tokens.css";
import "./base.css";
import { Markdown } from "./Markdown.tsx";

/** Bar B9 of security.md. Characters a token: 4.2, as the starter's tokenizer has for English prose. */
const CHARACTERS_PER_TOKEN = 4.2;
const MEBIBYTE = 2 ** 20;
const STEPS = 80;

const part = (index: number) => `## Part ${index}

The vinegar smell is **acetic acid**. It builds up when the starter has run out of food: yeast slows down, and the
bacteria carry on making acid. It is a hungry starter, and as long as you see no mould it is *fine*.

1. Today: keep 20 g, throw the rest away.
2. Every 12 hours: do the same again.

\`\`\`js
const flour = 50;
\`\`\`

`;
const prose = (characters: number) =>
    Array.from({ length: Math.ceil(characters / 300) }, (_, index) => part(index))
        .join("")
        .slice(0, characters);
const lines = (line: string, characters: number) => line.repeat(Math.ceil(characters / line.length));

const shapes: Record<string, (characters: number) => string> = {
    prose,
    "one list": (characters) => lines("- An item of a **long** list, as models like to write them.\n", characters),
    "one program": (characters) => `\`\`\`js\n${lines("const flour = 50; // grams\n", characters)}`,
    "one paragraph": (characters) => lines("It builds up when the starter has run out of food. ", characters),
};

const slow: Record<string, string> = {
    "short paragraphs": lines("one line\n\n", MEBIBYTE),
    "a line without an end": "x".repeat(MEBIBYTE),
    "open emphasis": lines("*a **b ", MEBIBYTE),
    brackets: "[".repeat(MEBIBYTE),
    quotes: lines("> ", MEBIBYTE),
    backticks: lines("`a ", MEBIBYTE),
    "a table": `|a|b|\n|-|-|\n${lines("|1|2|\n", MEBIBYTE)}`,
    "a list": lines("- item\n", MEBIBYTE),
    "a deep list": Array.from({ length: 4000 }, (_, level) => `${"  ".repeat(level % 300)}- level`).join("\n"),
    "a program": `\`\`\`js\n${lines("let a = 1;\n", MEBIBYTE)}`,
    html: lines("<b>", MEBIBYTE),
    links: lines("[x](https://e.example) ", MEBIBYTE),
    definitions: lines("[a]: https://e.example\n", MEBIBYTE),
    headings: lines("# h\n", MEBIBYTE),
    prose: prose(MEBIBYTE),
};

type Metrics = { metrics: { name: string; value: number }[] };

/** Its own types bring Node's, which the window does not know. */
const chromium = () => cdp() as unknown as { send(method: string, options?: object): Promise<unknown> };

/** Seconds that this window's thread has worked, not waited: other programs on this computer take no part in it. */
async function readWork(): Promise<number> {
    const { metrics } = (await chromium().send("Performance.getMetrics")) as Metrics;
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
}

const closing: (() => void)[] = [];
afterEach(() => {
    for (const close of closing.splice(0)) close();
});
beforeAll(async () => {
    await page.viewport(1280, 800);
    await chromium().send("Performance.enable", { timeDomain: "threadTicks" });
});

function open() {
    const scroller = document.body.appendChild(document.createElement("div"));
    scroller.style.cssText = "block-size:700px;inline-size:720px;overflow:auto";
    const root = createRoot(scroller.appendChild(document.createElement("div")));
    closing.push(() => (root.unmount(), scroller.remove()));
    return {
        scroller,
        /** Renders, lays out and keeps the end in view, as the chat does with each frame. */
        show(text: string, isWriting: boolean): void {
            flushSync(() => root.render(<Markdown text={text} isWriting={isWriting} />));
            scroller.scrollTop = scroller.scrollHeight;
        },
    };
}

/** Milliseconds of work a token, where an answer has so many already. */
async function costAt(tokens: number, write: (characters: number) => string): Promise<number> {
    const at = Math.round(tokens * CHARACTERS_PER_TOKEN);
    const text = write(at + STEPS * 5);
    const { show } = open();
    show(text.slice(0, at), true);
    // What the first look left to do is not part of it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = await readWork();
    for (let step = 1; step <= STEPS; step++) show(text.slice(0, at + Math.round(step * CHARACTERS_PER_TOKEN)), true);
    return ((await readWork()) - before) * (1000 / STEPS);
}

describe("a long answer costs per token at most twice what a short one does", () => {
    test.for(Object.entries(shapes))("%s", async ([, write], { annotate }) => {
        await costAt(200, write);
        const short = await costAt(1_000, write);
        const long = await costAt(20_000, write);
        await annotate(`${short.toFixed(2)} ms a token at 1,000, ${long.toFixed(2)} ms at 20,000`);
        expect(long).toBeLessThanOrEqual(2 * short);
    });
});

describe("1 MiB of what is slow to read is shown at once, and is read within 3 seconds of work", () => {
    test.for(Object.entries(slow))("%s", { timeout: 60_000 }, async ([, text], { annotate }) => {
        for (const isWriting of [false, true]) {
            const { scroller, show } = open();
            const before = await readWork();
            show(text, isWriting);
            const shown = ((await readWork()) - before) * 1000;
            const waiting = () => scroller.querySelector("[data-waiting]");
            await expect.poll(waiting, { timeout: 30_000, interval: 20 }).toBeNull();
            const settled = ((await readWork()) - before) * 1000;
            const state = isWriting ? "writing" : "stored";
            await annotate(`${state}: shown after ${shown.toFixed(0)} ms, settled after ${settled.toFixed(0)} ms`);
            expect(shown).toBeLessThanOrEqual(200);
            expect(settled).toBeLessThanOrEqual(3_000);
        }
    });
});
