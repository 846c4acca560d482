import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Api } from "../src/shared/contract/contract.ts";
import type { ChatId } from "../src/shared/schema/ids.ts";
import { tinyModel } from "../src/main/engine/tiny-model.fixtures.ts";
import { HearthHost } from "./hearth-host.ts";
import { connectTo, enter } from "./host-client.ts";
import { ChatPage } from "./pages/chat-page.ts";
import { createScriptedRoot } from "./scripted-root.ts";
import { type Escapes, watchEscapes } from "./watch-escapes.ts";

/** Names that a file may have; the library and the list of models show them. */
export const hostileFileNames = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)<\u2215script>",
    "a\u202Egnp.exe",
    "[x](javascript:alert(1))",
    "' onmouseover=alert(1) '",
    "${alert(1)}{{alert(1)}}",
    "\u001B[31mred\u0007",
];

export type HostileHost = {
    api: Api;
    origin: string;
    /** Lets a page in and watches it. */
    open(page: Page, colorScheme: "light" | "dark"): Promise<Escapes>;
    /** Opens a new chat in such a page, ready to be asked; its loading is not watched. Returns its id. */
    openChat(page: Page, escapes: Escapes): Promise<ChatId>;
    dispose(): Promise<void>;
};

/** The built host with the hostile engine process, models with hostile names, and one of them loaded. */
export async function startHostileHost(): Promise<HostileHost> {
    const scripted = createScriptedRoot("hostile-engine.ts");
    const host = new HearthHost({ HEARTH_STARTER: "none" }, { root: scripted.root });
    const models = path.join(host.folder, "models");
    mkdirSync(models);
    for (const name of hostileFileNames) writeFileSync(path.join(models, `${name}.gguf`), tinyModel());
    const link = await host.start();
    const { origin } = new URL(link);
    const client = await connectTo(link, await enter(link));
    const { models: found } = await client.api.models.list();
    const first = found[0];
    if (!first) throw new Error("no model was found");
    await client.api.engine.load({ modelId: first.id });
    return {
        api: client.api,
        origin,
        async open(page, colorScheme) {
            const [name = "", value = ""] = client.cookie.split("=");
            await page.context().addCookies([{ name, value, url: origin, httpOnly: true, sameSite: "Strict" }]);
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            return watchEscapes(page);
        },
        async openChat(page, escapes) {
            const { id } = await client.api.chats.create();
            escapes.unsettle();
            await page.goto(`${origin}/#/chat/${id}`);
            await page.reload();
            await expect(new ChatPage(page).composer()).toBeEditable();
            escapes.settle();
            return id;
        },
        async dispose() {
            client.close();
            await host.dispose();
            scripted.remove();
        },
    };
}
