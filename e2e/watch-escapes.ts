import { expect, type Page } from "@playwright/test";

/** What an answer may consist of (src/renderer/ui/markdown-allow.ts and what its components draw). */
const ALLOWED =
    "div, p, h3, h4, ul, ol, li, blockquote, hr, br, em, strong, del, sup, code, pre, figure, figcaption, span, small, " +
    "section, table, thead, tbody, tr, th, td, button[type=button], input[type=checkbox][disabled]";
/** What no text may bring anywhere in the window. */
const NEVER =
    "iframe, frame, object, embed, base, video, audio, source, track, applet, portal, math, form[action], img, " +
    "meta[http-equiv], svg script, svg foreignObject, svg use, [srcdoc], [formaction], style:not(head > style), " +
    "script:not(head > script), link:not(head > link)";

export type Escapes = {
    /** Requests that the page itself did not need to load. */
    requests: string[];
    navigations: string[];
    /** CSP reports, uncaught errors, dialogs, downloads, new windows, crashes. */
    events: string[];
    /** Each address that a new window was opened with, and what that window could reach of ours. */
    opened: string[];
    /** Elements and attributes that appeared, if only for a moment. */
    forbidden(): Promise<string[]>;
    copied(): Promise<string[]>;
    /** From here on a navigation or a request is an escape; before it the page loads itself. */
    settle(): void;
    unsettle(): void;
};

/** Watches a page for every way in which a text could become more than text (bars B7 and B8). */
export async function watchEscapes(page: Page): Promise<Escapes> {
    let isSettled = false;
    const requests: string[] = [];
    const navigations: string[] = [];
    const events: string[] = [];
    const opened: string[] = [];
    const isOwn = (address: string) =>
        /^https?:$/.test(new URL(address).protocol) && new URL(address).hostname === "127.0.0.1";
    page.on("request", (request) => {
        // The app's own fonts come when a text first needs them.
        const isOwnFont = isOwn(request.url()) && request.resourceType() === "font";
        if ((isSettled && !isOwnFont) || !isOwn(request.url())) requests.push(request.url());
    });
    page.on("framenavigated", (frame) => {
        if (isSettled) navigations.push(frame.url());
    });
    page.on("pageerror", (error) => events.push(`error: ${String(error)}`));
    page.on("crash", () => events.push("crash"));
    page.on("download", (download) => events.push(`download: ${download.url()}`));
    page.on("dialog", (dialog) => {
        events.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
    });
    // Nothing leaves this computer even where a click rightly opens an address.
    await page.context().route(
        (url) => url.hostname !== "127.0.0.1",
        (route) =>
            route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>outside</title>" }),
    );
    page.context().on("page", (other) => {
        if (other === page) return;
        void (async () => {
            await other.waitForLoadState().catch(() => undefined);
            const opener: unknown = await other.evaluate(() => String(window.opener)).catch(() => "closed");
            // Where nothing answers, the window shows an error page; its history still says what was asked for.
            const session = await page.context().newCDPSession(other);
            const { entries } = await session.send("Page.getNavigationHistory");
            opened.push(`${entries.at(-1)?.url ?? "nothing"} opener ${String(opener)}`);
            await other.close();
        })();
    });
    await page.addInitScript(
        ({ allowed, never }) => {
            const forbidden: string[] = [];
            const copied: string[] = [];
            Reflect.set(window, "readForbidden", () => forbidden);
            Reflect.set(window, "readCopied", () => copied);
            Object.defineProperty(navigator.clipboard, "writeText", {
                value: async (text: string) => void copied.push(text),
            });
            document.addEventListener("securitypolicyviolation", (event) =>
                forbidden.push(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
            );
            const judge = (element: Element) => {
                if (element.matches(never)) forbidden.push(element.outerHTML.slice(0, 200));
                // The one dialog of ours that an answer's link opens: it is not the model's.
                const isOurs = element.closest("dialog[aria-labelledby]") !== null;
                const isInAnswer = !isOurs && element.closest("article > div[dir=auto]") !== null;
                if (isOurs && !/^https?:|^$/.test(element.getAttribute("href") ?? ""))
                    forbidden.push(`dialog ${element.getAttribute("href") ?? ""}`);
                const isAnswerRoot = element.matches("article > div[dir=auto]");
                if (isInAnswer && !isAnswerRoot && !element.matches(allowed))
                    forbidden.push(`<${element.tagName}> in an answer`);
                if (element.parentElement?.matches("article[dir=auto]"))
                    forbidden.push(`<${element.tagName}> in a question`);
                for (const { name, value } of element.attributes) {
                    if (name.startsWith("on")) forbidden.push(`${element.tagName} ${name}`);
                    if (isInAnswer && ["src", "href", "id", "name", "action"].includes(name))
                        forbidden.push(`${name}=${value}`);
                    if (
                        isInAnswer &&
                        name === "style" &&
                        !/^(text-align: (left|right|center|start|end)|--characters: \d+);$/.test(value)
                    )
                        forbidden.push(`style=${value}`);
                }
            };
            new MutationObserver((records) => {
                for (const { target, addedNodes, type } of records) {
                    if (type === "attributes" && target instanceof Element) judge(target);
                    for (const node of addedNodes)
                        if (node instanceof Element)
                            for (const each of [node, ...node.querySelectorAll("*")]) judge(each);
                }
            }).observe(document, { subtree: true, childList: true, attributes: true });
        },
        { allowed: ALLOWED, never: NEVER },
    );
    const read = (name: string) => () => page.evaluate((key) => (Reflect.get(window, key) as () => string[])(), name);
    return {
        requests,
        navigations,
        events,
        opened,
        forbidden: read("readForbidden"),
        copied: read("readCopied"),
        settle: () => (isSettled = true),
        unsettle: () => (isSettled = false),
    };
}

export async function expectNothingEscaped(escapes: Escapes, where: string): Promise<void> {
    const found = {
        requests: escapes.requests,
        navigations: escapes.navigations,
        events: escapes.events,
        opened: escapes.opened,
        forbidden: await escapes.forbidden(),
    };
    expect(found, where).toEqual({ requests: [], navigations: [], events: [], opened: [], forbidden: [] });
}
