import { EventEmitter } from "node:events";
import path from "node:path";
import type { App, IpcMain, MessagePortMain, Session, WebContents } from "electron";
import { describe, expect, it, vi } from "vitest";
import { acceptPorts } from "./accept-port.ts";
import { resolveInBundle } from "./app-protocol.ts";
import { applicationMenu, contextMenu } from "./menu.ts";
import { guardAllContents, guardSession } from "./navigation.ts";
import { recoverPage } from "./recover.ts";

vi.mock("electron", () => ({ net: {}, protocol: {} }));

const page = { url: "app://bundle/index.html" };
const newPort = () => ({ start: vi.fn(), close: vi.fn() });

function openAcceptor() {
    const ipc = new EventEmitter();
    const window = Object.assign(new EventEmitter(), { mainFrame: page });
    const take = vi.fn<(port: MessagePortMain) => void>();
    acceptPorts(ipc as unknown as IpcMain, window as unknown as WebContents, take);
    return { ipc, window, take };
}

describe("the hand-over of the port", () => {
    it("happens once a load, for our page in our window's main frame", () => {
        const { ipc, window, take } = openAcceptor();
        const [first, second, third] = [newPort(), newPort(), newPort()];
        ipc.emit("hearth:port", { sender: window, senderFrame: page, ports: [first] });
        ipc.emit("hearth:port", { sender: window, senderFrame: page, ports: [second] });
        expect(take.mock.calls).toEqual([[first]]);
        expect(second.close).toHaveBeenCalledOnce();
        window.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false });
        expect(first.close).toHaveBeenCalledOnce();
        ipc.emit("hearth:port", { sender: window, senderFrame: page, ports: [third] });
        expect(take).toHaveBeenLastCalledWith(third);
    });

    it.each<[string, (window: object) => object]>([
        ["another window", () => ({ sender: {}, senderFrame: page })],
        ["a frame within", (window) => ({ sender: window, senderFrame: { ...page } })],
        ["a frame that is gone", (window) => ({ sender: window, senderFrame: null })],
    ])("is refused to %s (bar B11)", (_name, from) => {
        const { ipc, window, take } = openAcceptor();
        const port = newPort();
        ipc.emit("hearth:port", { ...from(window), ports: [port] });
        expect(take).not.toHaveBeenCalled();
        expect(port.close).toHaveBeenCalledOnce();
    });

    it.each(["https://evil.example/", "app://bundle.evil/", "file:///index.html"])(
        "is refused to the page %s",
        (url) => {
            const { ipc, window, take } = openAcceptor();
            Object.assign(window, { mainFrame: { url } });
            ipc.emit("hearth:port", { sender: window, senderFrame: window.mainFrame, ports: [newPort()] });
            expect(take).not.toHaveBeenCalled();
        },
    );
});

describe("the window (bar B16)", () => {
    function openGuarded() {
        const app = new EventEmitter();
        const setWindowOpenHandler = vi.fn<(handler: (details: object) => { action: string }) => void>();
        const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler });
        const openAddress = vi.fn(async () => {});
        guardAllContents(app as unknown as App, openAddress);
        app.emit("web-contents-created", {}, contents);
        const ask = (details: object) => setWindowOpenHandler.mock.calls[0]?.[0](details);
        return { contents, ask, openAddress };
    }

    it("goes nowhere and holds no webview", () => {
        const { contents } = openGuarded();
        for (const name of ["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"]) {
            const preventDefault = vi.fn();
            contents.emit(name, { preventDefault, url: "https://evil.example/" });
            expect(preventDefault, name).toHaveBeenCalledOnce();
        }
    });

    it("opens no second window: the address goes to the one function, a form goes nowhere", () => {
        const { ask, openAddress } = openGuarded();
        expect(ask({ url: "https://example.org/" })).toEqual({ action: "deny" });
        expect(ask({ url: "https://evil.example/", postBody: { contentType: "text/plain" } })).toEqual({
            action: "deny",
        });
        expect(openAddress.mock.calls).toEqual([["https://example.org/"]]);
    });

    it("may write to the clipboard and nothing else; no device, no download, no network, no spellchecker", () => {
        const session = Object.assign(new EventEmitter(), {
            setPermissionRequestHandler: vi.fn(),
            setPermissionCheckHandler: vi.fn(),
            setDevicePermissionHandler: vi.fn(),
            setSpellCheckerEnabled: vi.fn(),
            webRequest: { onBeforeRequest: vi.fn() },
        });
        guardSession(session as unknown as Session);
        const check = session.setPermissionCheckHandler.mock.calls[0]?.[0] as (from: null, name: string) => boolean;
        const names = ["media", "geolocation", "notifications", "clipboard-read", "clipboard-sanitized-write", "hid"];
        expect(names.filter((name) => check(null, name))).toEqual(["clipboard-sanitized-write"]);
        const request = session.setPermissionRequestHandler.mock.calls[0]?.[0] as (
            from: null,
            name: string,
            answer: (isAllowed: boolean) => void,
        ) => void;
        const answers = names.map((name) => {
            const answer = vi.fn();
            request(null, name, answer);
            return answer.mock.calls[0]?.[0] as boolean;
        });
        expect(answers).toEqual(names.map((name) => name === "clipboard-sanitized-write"));
        const device = session.setDevicePermissionHandler.mock.calls[0]?.[0] as () => boolean;
        expect(device()).toBe(false);
        const preventDefault = vi.fn();
        session.emit("will-download", { preventDefault });
        expect(preventDefault).toHaveBeenCalledOnce();
        const [filter, cancel] = session.webRequest.onBeforeRequest.mock.calls[0] as [
            { urls: string[] },
            (details: object, answer: (response: object) => void) => void,
        ];
        expect(filter.urls).toEqual(expect.arrayContaining(["http://*/*", "https://*/*", "ws://*/*", "wss://*/*"]));
        const answer = vi.fn();
        cancel({}, answer);
        expect(answer).toHaveBeenCalledWith({ cancel: true });
        expect(session.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
    });

    it("comes back when its page dies, until the third death in two minutes", () => {
        const contents = Object.assign(new EventEmitter(), { reload: vi.fn() });
        const giveUp = vi.fn();
        let now = 0;
        recoverPage(contents as unknown as WebContents, giveUp, () => now);
        const die = () => contents.emit("render-process-gone", {}, { reason: "crashed" });
        die();
        die();
        now = 2 * 60_000;
        die();
        expect([contents.reload.mock.calls.length, giveUp.mock.calls.length]).toEqual([3, 0]);
        die();
        die();
        expect([contents.reload.mock.calls.length, giveUp.mock.calls.length]).toEqual([4, 1]);
    });

    it("offers the edit menu in fields, copy on a selection, nothing elsewhere", () => {
        const editFlags = {} as Parameters<typeof contextMenu>[0]["editFlags"];
        const menu = (isEditable: boolean, selectionText: string) =>
            contextMenu({ isEditable, selectionText, editFlags }).map(({ role }) => role);
        expect(menu(true, "")).toContain("paste");
        expect(menu(false, "word")).toEqual(["copy"]);
        expect(menu(false, " ")).toEqual([]);
    });
});

it("the application menu has the Edit roles, and leaves Hearth's keys alone", () => {
    const roles = (platform: NodeJS.Platform) =>
        applicationMenu(platform).flatMap(({ role, submenu }) => [
            role,
            ...(Array.isArray(submenu) ? submenu.map((item) => item.role) : []),
        ]);
    expect(roles("linux")).toContain("editMenu");
    expect(roles("linux")).not.toContain("appMenu");
    expect(roles("darwin")).toContain("appMenu");
    expect(roles("linux")).not.toContain("forceReload");
});

describe("our scheme", () => {
    const folder = path.resolve("/bundle-folder");
    it("finds the bundle's files", () => {
        expect(resolveInBundle(folder, "app://bundle/")).toBe(path.join(folder, "index.html"));
        expect(resolveInBundle(folder, "app://bundle/assets/a.js?x#y")).toBe(path.join(folder, "assets", "a.js"));
    });

    it.each(["..", "%2e%2e", "..%2f..", "%2e%2e%2f%2e%2e", "..%5c..", "%00", "%E0%A4", "%c0%ae"])(
        "stays inside with %s",
        (step) => {
            const found = resolveInBundle(folder, `app://bundle/a/${step}/../${step}/etc/passwd`);
            expect(found === null || found.startsWith(folder + path.sep)).toBe(true);
            expect(resolveInBundle(folder, `app://other/${step}`)).toBeNull();
        },
    );
});
