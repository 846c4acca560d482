import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { listKeys } from "../app/use-commands.ts";
import { ApiContext } from "../app/api-context.ts";
import { hostileOutputs } from "../ui/hostile-output.fixtures.ts";
import { Chat } from "./Chat.tsx";
import { scriptedApi } from "./scripted-api.fixtures.ts";

type Host = ReturnType<typeof scriptedApi>;

async function open(host: Host, path = "/chat/c1") {
    const { hook } = memoryLocation({ path });
    return render(
        <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
            <ApiContext value={host.api}>
                <Router hook={hook}>
                    <div style={{ blockSize: "700px" }}>
                        <Chat />
                    </div>
                </Router>
            </ApiContext>
        </QueryClientProvider>,
    );
}

const field = () => page.getByRole("textbox", { name: "Your message" });
const log = () => page.getByRole("log");
const value = () => (field().element() as HTMLTextAreaElement).value;

beforeEach(() => page.viewport(1280, 800));

describe("asking", () => {
    test("the text stays until it is stored, then the answer streams to its end", async () => {
        const host = scriptedApi();
        const stored = Promise.withResolvers<void>();
        host.storeAfter(stored.promise);
        await open(host);
        await field().fill("Why is the sky blue?");
        await userEvent.keyboard("{Enter}");
        await new Promise(requestAnimationFrame);
        expect(value()).toBe("Why is the sky blue?");
        stored.resolve();
        await expect.poll(value).toBe("");
        await expect.element(log()).toHaveAttribute("aria-busy", "true");
        host.write("Because **short");
        await expect.poll(() => log().element().querySelector("strong")?.textContent).toBe("short");
        host.write("** waves scatter.");
        host.end();
        await expect.element(page.getByText("28 words/s")).toBeVisible();
        await expect.element(log()).toHaveAttribute("aria-busy", "false");
        await expect.element(page.getByText("Answer ready, 4 words")).toBeInTheDocument();
        expect(host.asked).toEqual(["Why is the sky blue?"]);
    });

    test("a send that fails keeps the text and says why", async () => {
        const host = scriptedApi();
        const stored = Promise.withResolvers<void>();
        host.storeAfter(stored.promise);
        await open(host);
        await field().fill("Keep me");
        await page.getByRole("button", { name: "Send" }).click();
        stored.reject(new Error("the line broke"));
        await expect.element(page.getByRole("alert")).toBeVisible();
        expect(value()).toBe("Keep me");
    });

    test("Shift Enter breaks the line, Enter of an input method does not send, blank text is not sent", async () => {
        const host = scriptedApi();
        await open(host);
        await field().click();
        await userEvent.keyboard("a{Shift>}{Enter}{/Shift}b");
        expect(value()).toBe("a\nb");
        field()
            .element()
            .dispatchEvent(
                new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, isComposing: true }),
            );
        await field().fill("   ");
        await userEvent.keyboard("{Enter}");
        await new Promise(requestAnimationFrame);
        expect(host.asked).toEqual([]);
    });

    test("a draft is saved within a second, and is there when the chat is opened again", async () => {
        const host = scriptedApi();
        const shown = await open(host);
        await field().fill("half a thou");
        await vi.waitFor(() => expect(host.drafts).toEqual(["half a thou"]), { timeout: 1_000 });
        await field().fill("half a thought");
        await shown.unmount();
        expect(host.drafts.at(-1)).toBe("half a thought");
        await open(host);
        await expect.poll(value).toBe("half a thought");
    });

    test("a suggestion is asked with one press", async () => {
        const host = scriptedApi();
        await open(host);
        await page.getByRole("button", { name: /bread rises/ }).click();
        await expect.poll(() => host.asked).toHaveLength(1);
        await expect.element(log()).toBeVisible();
    });
});

describe("speed", () => {
    const first = { lowTokensPerSecond: 56, middleTokensPerSecond: 72, highTokensPerSecond: 95 };
    const second = { lowTokensPerSecond: 32.8, middleTokensPerSecond: 36.4, highTokensPerSecond: 40 };

    test("each answer shows the prediction that held when it was asked, beside what was measured", async () => {
        const host = scriptedApi();
        await open(host);
        for (const predicted of [first, second]) {
            host.predict(predicted);
            await field().fill("Why?");
            await userEvent.keyboard("{Enter}");
            await expect.element(page.getByRole("button", { name: "Stop" })).toBeVisible();
            host.write("Because.", 3);
            await expect.element(page.getByText("writing, 3 tokens")).toBeVisible();
            host.end();
            await expect.element(page.getByRole("button", { name: "Send" })).toBeVisible();
        }
        const lines = () =>
            [...log().element().querySelectorAll("article p")]
                .map((line) => line.textContent)
                .filter((line) => line.includes("predicted"));
        await expect
            .poll(lines)
            .toEqual([
                expect.stringMatching(/^28 words\/spredicted 43–73 words\/s/),
                expect.stringMatching(/^28 words\/spredicted 25–31 words\/s/),
            ]);
    });

    test.each([
        ["within what was predicted", second, "Your other estimates are now closer.", "Slower than we said."],
        ["below it", first, "Slower than we said.", "Your other estimates are now closer."],
    ])("the first answer of a model, %s: is not said to be what it is not", async (_where, predicted, said, unsaid) => {
        const host = scriptedApi();
        host.predict(predicted);
        await open(host);
        await field().fill("Why?");
        await userEvent.keyboard("{Enter}");
        await expect.element(page.getByRole("button", { name: "Stop" })).toBeVisible();
        host.write("Because.");
        host.end();
        await expect.element(page.getByText(said, { exact: false })).toBeVisible();
        expect(log().element().textContent).not.toContain(unsaid);
    });

    test("while it is written: speed, prediction, tokens and time, each with its unit", async () => {
        const host = scriptedApi();
        host.predict(first);
        await open(host);
        await field().fill("Why?");
        await userEvent.keyboard("{Enter}");
        await expect.element(page.getByRole("button", { name: "Stop" })).toBeVisible();
        host.write("Because ", 1);
        await expect.element(page.getByText("writing, 1 token")).toBeVisible();
        // The rate needs a second of writing, by the window's own clock.
        for (let tokens = 2; tokens < 80 && !/ tokens\/s/.test(log().element().textContent); tokens++) {
            host.write("it is so ", tokens);
            await new Promise(requestAnimationFrame);
        }
        const line = log().element().querySelector("[data-place=start]")?.textContent;
        expect(line).toMatch(/^\d+ words\/spredicted 43–73 words\/s\d+ tokens\/swriting, \d+ tokens\d+\u00a0s$/);
    });
});

test("under an answer that was stopped, what asks again is there once", async () => {
    const host = scriptedApi();
    host.has("Why?", "complete", "user");
    host.has("Because", "stopped");
    await open(host);
    await expect.element(page.getByRole("button", { name: "Change the question" })).toBeVisible();
    expect(page.getByRole("button", { name: /Ask .*again/ }).elements()).toHaveLength(1);
});

describe("following", () => {
    test("a reload in mid-answer goes on from the stored text; Esc stops", async () => {
        const host = scriptedApi();
        host.has("Why?", "complete", "user");
        const answer = host.has("Because", "writing");
        await open(host);
        await expect.poll(() => host.followedFrom).toEqual([7]);
        host.write(" it is so.");
        await expect.poll(() => log().element().textContent).toContain("Because it is so.");
        await field().click();
        await userEvent.keyboard("{Escape}");
        await expect.poll(() => host.stopped).toEqual([answer.id]);
    });

    test("the end is followed until the reader scrolls up, and found again by a button", async () => {
        const host = scriptedApi();
        host.has("Tell me all", "complete", "user");
        host.has("", "writing");
        await open(host);
        await expect.element(log()).toBeVisible();
        const view = log().element();
        const gap = () => view.scrollHeight - view.scrollTop - view.clientHeight;
        host.write("line\n\n".repeat(60));
        await expect.poll(() => view.scrollHeight > 1_500 && gap() < 2).toBe(true);
        view.scrollTop = 100;
        await expect.element(page.getByRole("button", { name: "To the newest" })).toBeVisible();
        host.write("more\n\n".repeat(20));
        await expect.poll(() => view.textContent.includes("more")).toBe(true);
        expect(view.scrollTop).toBe(100);
        await page.getByRole("button", { name: "To the newest" }).click();
        await expect.poll(gap).toBeLessThan(2);
    });
});

describe("chats", () => {
    test("rename in place, delete, and Undo brings it back", async () => {
        const host = scriptedApi();
        await open(host);
        await page.getByRole("link", { name: /First/ }).click();
        await userEvent.keyboard("{F2}");
        await page.getByRole("textbox", { name: "New name for this chat" }).fill("Renamed");
        await userEvent.keyboard("{Enter}");
        await expect.element(page.getByRole("link", { name: /Renamed/ })).toBeVisible();
        page.getByRole("link", { name: /Renamed/ })
            .element()
            .focus();
        await userEvent.keyboard("{Delete}");
        await expect.element(page.getByText("“Renamed” deleted.")).toBeVisible();
        await expect.element(page.getByRole("link", { name: /Second/ })).toHaveAttribute("aria-current", "page");
        await page.getByRole("button", { name: "Undo" }).click();
        await expect.element(page.getByRole("link", { name: /Renamed/ })).toHaveAttribute("aria-current", "page");
    });

    test("deleting the only chat and Undo leaves no empty one behind, unless something was typed into it", async () => {
        const host = scriptedApi(["First"]);
        await open(host);
        const titles = async () => (await host.api.chats.list({})).map(({ title }) => title);
        const removeFirst = async () => {
            page.getByRole("link", { name: /First/ }).element().focus();
            await userEvent.keyboard("{Delete}");
            await expect.element(page.getByRole("link", { name: /New chat/ })).toHaveAttribute("aria-current", "page");
        };
        const undo = async () => {
            await page.getByRole("button", { name: "Undo" }).click();
            await expect.element(page.getByRole("link", { name: /First/ })).toHaveAttribute("aria-current", "page");
        };
        await removeFirst();
        await undo();
        await expect.poll(titles).toEqual(["First"]);
        await expect.element(page.getByRole("link", { name: /New chat/ })).not.toBeInTheDocument();
        await removeFirst();
        await field().fill("a thought");
        await undo();
        await expect.poll(() => host.drafts).toContain("a thought");
        expect(await titles()).toEqual(["First", "New chat"]);
    });

    test("without chats a new one is opened, once", async () => {
        const host = scriptedApi([]);
        await open(host, "/chat");
        await expect.element(page.getByRole("link", { name: /New chat/ })).toHaveAttribute("aria-current", "page");
        expect(await host.api.chats.list({})).toHaveLength(1);
    });

    test("below 900 pixels the list is a drawer that Esc closes", async () => {
        await page.viewport(480, 900);
        await open(scriptedApi());
        const pane = page.getByRole("navigation", { name: "Chats" });
        await expect.element(pane).not.toBeInTheDocument();
        await page.getByRole("button", { name: "Show chats" }).click();
        await expect.element(pane).toBeVisible();
        page.getByRole("link", { name: /First/ }).element().focus();
        await userEvent.keyboard("{Escape}");
        await expect.element(page.getByRole("button", { name: "Show chats" })).toHaveFocus();
    });
});

describe("keyboard", () => {
    test("between messages, stop from anywhere, ask again, copy, and change what was asked", async () => {
        const host = scriptedApi();
        host.has("First question", "complete", "user");
        host.has("First answer", "complete");
        host.has("Second question", "complete", "user");
        const answer = host.has("Second answer", "writing");
        const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
        await open(host);
        await expect.element(page.getByRole("button", { name: "Stop" })).toBeVisible();
        const focused = () => document.activeElement?.textContent;

        await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
        expect(focused()).toContain("Second answer");
        await userEvent.keyboard("{Alt>}{ArrowUp}{ArrowUp}{ArrowDown}{/Alt}");
        expect(focused()).toContain("Second question");
        await userEvent.keyboard("{Escape}");
        await expect.poll(() => host.stopped).toEqual([answer.id]);
        // While an answer is written there is none to copy or to ask again.
        await userEvent.keyboard("{Control>}{Shift>}R{/Shift}{/Control}");
        expect(host.asked).toEqual([]);

        host.end();
        await expect.element(page.getByRole("button", { name: "Send" })).toBeVisible();
        await userEvent.keyboard("{Control>}{Shift>}C{/Shift}{/Control}");
        await expect.poll(() => written.mock.calls).toEqual([["Second answer"]]);
        await expect.element(page.getByRole("button", { name: "Copied" })).toBeVisible();
        await field().click();
        await userEvent.keyboard("{ArrowUp}");
        expect(value()).toBe("Second question");
        await userEvent.keyboard("{Control>}{Shift>}R{/Shift}{/Control}");
        await expect.poll(() => host.asked).toEqual(["Second question"]);
        // What stands in the field is not what was asked again.
        expect(value()).toBe("Second question");
        written.mockRestore();
    });

    test("new chat, models, list of chats; all of it is in the sheet of keys", async () => {
        const host = scriptedApi();
        await open(host);
        await expect.element(field()).toBeVisible();
        await userEvent.keyboard("{Control>}m{/Control}");
        await expect.element(page.getByRole("menu")).toBeVisible();
        await userEvent.keyboard("{Escape}");
        await expect.element(page.getByRole("menu")).not.toBeInTheDocument();
        await userEvent.keyboard("{Control>}b{/Control}");
        await expect.element(page.getByRole("link", { name: /First/ })).toHaveFocus();
        await userEvent.keyboard("{Alt>}n{/Alt}");
        await expect.element(page.getByRole("link", { name: /New chat/ })).toHaveAttribute("aria-current", "page");
        const keys = listKeys().map(({ keys: shown }) => shown);
        expect(keys).toEqual(
            expect.arrayContaining(["Alt N", "Ctrl M", "Ctrl B", "Ctrl Shift U", "Esc", "Alt Up", "Alt Down", "Up"]),
        );
        expect(keys).toEqual(expect.arrayContaining(["Ctrl Shift R", "Ctrl Shift C", "Enter", "F2", "Delete"]));
    });

    test("in the drawer Esc closes it and does not stop the answer behind it", async () => {
        await page.viewport(480, 900);
        const host = scriptedApi();
        host.has("Why?", "complete", "user");
        host.has("Because", "writing");
        await open(host);
        await page.getByRole("button", { name: "Show chats" }).click();
        await expect.element(page.getByRole("navigation", { name: "Chats" })).toBeVisible();
        await userEvent.keyboard("{Escape}");
        await expect.element(page.getByRole("button", { name: "Show chats" })).toHaveFocus();
        expect(host.stopped).toEqual([]);
    });
});

describe("a stranger's text", () => {
    test("copy returns the source of every hostile answer exactly, and the reader's own text stays text", async () => {
        const host = scriptedApi();
        const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
        const outputs = hostileOutputs.filter((text) => text.length < 4_000);
        for (const text of outputs) {
            host.has(text, "complete", "user");
            host.has(text, "complete");
        }
        await open(host);
        await expect.element(log()).toBeVisible();
        for (const copy of log().element().querySelectorAll<HTMLButtonElement>('[aria-label="Copy answer"]'))
            copy.click();
        expect(written.mock.calls.map(([text]) => text)).toEqual(outputs);
        const mine = [...log().element().querySelectorAll('[aria-label="You"]')];
        expect(mine.filter((message) => message.children.length > 0)).toEqual([]);
        written.mockRestore();
    });
});
