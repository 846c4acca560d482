import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { hostileOutputs } from "./hostile-output.fixtures.ts";
import { Markdown } from "./Markdown.tsx";

/** Anything else a model's words became would be an escape. */
const ALLOWED =
    "div, p, h3, h4, ul, ol, li, blockquote, hr, br, em, strong, del, sup, code, pre, figure, figcaption, span, small, " +
    "section, table, thead, tbody, tr, th, td, button[type=button], input[type=checkbox][disabled]";

/** Elements, attributes and addresses in `root` that an answer must never bring. */
function forbiddenIn(root: Element): string[] {
    return [...root.querySelectorAll("*")].flatMap((element) => {
        const found = element.matches(ALLOWED) ? [] : [element.tagName];
        for (const { name, value } of element.attributes) {
            if (name.startsWith("on") || ["src", "srcdoc", "href", "action", "id", "name"].includes(name))
                found.push(`${element.tagName} ${name}=${value}`);
            if (name === "style" && !/^(text-align: (left|right|center|start|end)|--characters: \d+);$/.test(value))
                found.push(`style=${value}`);
        }
        return found;
    });
}

afterEach(() => vi.restoreAllMocks());

describe("hostile output", () => {
    test("there are at least 250 of them, all different", () => {
        expect(new Set(hostileOutputs).size).toBeGreaterThanOrEqual(250);
    });

    test("whole and in pieces: no forbidden element, no address, no script, no request", async () => {
        const alerted = vi.spyOn(window, "alert").mockImplementation(() => {});
        const opened = vi.spyOn(window, "open").mockReturnValue(null);
        const broken: unknown[] = [];
        const onBroken = (event: Event) => broken.push(event);
        for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"]) addEventListener(kind, onBroken);
        const place = location.href;
        const found: string[] = [];
        const root = document.body.appendChild(document.createElement("div"));
        const shown = createRoot(root);
        const show = (text: string, isWriting: boolean) =>
            flushSync(() => shown.render(<Markdown text={text} isWriting={isWriting} />));
        show("", true);
        performance.clearResourceTimings();
        for (const output of hostileOutputs) {
            const step = Math.max(Math.ceil(output.length / 4), 1);
            for (let end = step; end < output.length; end += step) {
                show(output.slice(0, end), true);
                found.push(...forbiddenIn(root));
            }
            show(output, false);
            found.push(...forbiddenIn(root));
            show("", true);
        }
        shown.unmount();
        for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"])
            removeEventListener(kind, onBroken);
        const requests = performance.getEntriesByType("resource").filter((entry) => entry.name.includes("evil"));
        expect(found).toEqual([]);
        expect(requests).toEqual([]);
        expect(broken).toEqual([]);
        expect(alerted).not.toHaveBeenCalled();
        expect(opened).not.toHaveBeenCalled();
        expect(location.href).toBe(place);
    }, 60_000);
});

describe("links", () => {
    test.each(["click", "middle", "control", "keyboard"] as const)(
        "%s shows the address and opens nothing",
        async (way) => {
            const opened = vi.spyOn(window, "open").mockReturnValue(null);
            await render(<Markdown text="Go to [your bank](https://evil.example/a?chat=secret)." />);
            const link = page.getByRole("button", { name: "your bank (evil.example)" });
            if (way === "click") await link.click();
            else if (way === "middle") await link.click({ button: "middle" });
            else if (way === "control") await link.click({ modifiers: ["Control"] });
            else {
                link.element().focus();
                await userEvent.keyboard("{Enter}");
            }
            expect(opened).not.toHaveBeenCalled();
            if (way === "middle") return expect(document.querySelector("dialog")).toBeNull();
            await expect.element(page.getByText("https://evil.example/a?chat=secret")).toBeVisible();
            const open = page.getByRole("link", { name: "Open in the browser" }).element();
            expect(open.getAttribute("rel")).toBe("noopener noreferrer");
            expect(open.getAttribute("href")).toBe("https://evil.example/a?chat=secret");
            await userEvent.keyboard("{Escape}");
            await expect.poll(() => document.querySelector("dialog")).toBeNull();
        },
    );

    test.each(["https://user@evil.example/", "https://your-bank.example:secret@evil.example/"])(
        "%s, which hides its host behind a name, stays text",
        async (address) => {
            const { container } = await render(<Markdown text={`Go to [your bank](${address}).`} />);
            expect(container.querySelector("button")).toBeNull();
            expect(container.textContent).toBe("Go to your bank.");
        },
    );

    test("every address that can be opened is http or https", async () => {
        const { container } = await render(
            hostileOutputs.filter((text) => text.length < 200).map((text) => <Markdown key={text} text={text} />),
        );
        const links = [...container.querySelectorAll<HTMLButtonElement>("button[aria-haspopup=dialog]")];
        expect(links.length).toBeGreaterThan(0);
        const schemes = new Set<string>();
        for (const link of links) {
            link.click();
            await expect.poll(() => document.querySelector("dialog a")).not.toBeNull();
            schemes.add(new URL(document.querySelector("dialog a")?.getAttribute("href") ?? "").protocol);
            document.querySelector("dialog")?.close();
            await expect.poll(() => document.querySelector("dialog"), { interval: 5 }).toBeNull();
        }
        expect([...schemes].toSorted()).toEqual(["http:", "https:"]);
    });
});

describe("what it shows", () => {
    test("a list, a table, code and tasks, each labelled", async () => {
        const { container } = await render(
            <Markdown
                text={
                    "1. one\n2. two\n\n- [x] fed\n- [ ] baked\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```ts\nconst a = 1;\n```\n"
                }
            />,
        );
        await expect.element(page.getByRole("checkbox", { name: "Done", exact: true })).toBeChecked();
        await expect.element(page.getByRole("region", { name: "Table" })).toBeVisible();
        await expect.element(page.getByRole("region", { name: "Code, ts" })).toHaveTextContent("const a = 1;");
        expect(container.querySelectorAll("ol > li")).toHaveLength(2);
    });

    test("code copies exactly what was written, hidden characters too", async () => {
        const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
        await render(<Markdown text={"```js\nlet a\u202E = 1;\n\tb\n```"} />);
        expect(page.getByRole("region").element().textContent).toContain("let a‹U+202E› = 1;");
        await page.getByRole("button", { name: "Copy code" }).click();
        expect(written).toHaveBeenCalledWith("let a\u202E = 1;\n\tb\n");
    });

    test("only the growing block is rendered again", async () => {
        const settled = "First.\n\n> Second.\n\n";
        const { container, rerender } = await render(<Markdown text={`${settled}Thi`} isWriting />);
        const changed: Node[] = [];
        const watch = new MutationObserver((records) => changed.push(...records.map((record) => record.target)));
        const quote = container.querySelector("blockquote");
        watch.observe(container, { subtree: true, childList: true, characterData: true });
        await rerender(<Markdown text={`${settled}Third **bo`} isWriting />);
        expect(container.querySelector("strong")?.textContent).toBe("bo");
        expect(container.querySelector("blockquote")).toBe(quote);
        expect(changed.filter((node) => quote?.contains(node))).toEqual([]);
        watch.disconnect();
    });

    test("of a long answer the end is read before it is painted, the rest in its turn", async () => {
        const text = Array.from({ length: 300 }, (_, index) => `Part **${index}** of it.`).join("\n\n");
        const { container } = await render(<Markdown text={text} />);
        // As it is first painted: nothing was awaited but the rendering.
        const first = container.querySelectorAll("strong").length;
        expect(container.textContent).toContain("Part **0** of it.");
        expect([...container.querySelectorAll("strong")].at(-1)?.textContent).toBe("299");
        expect(first).toBeLessThan(300);
        await expect.poll(() => container.querySelectorAll("strong").length).toBe(300);
    });

    test("above the limit the rest waits for a press", async () => {
        const { container } = await render(<Markdown text={"word ".repeat(50_000)} />);
        expect(container.textContent.length).toBeLessThan(201_000);
        await page.getByRole("button", { name: /Show all/ }).click();
        expect(container.textContent.length).toBe(250_000);
    });
});
