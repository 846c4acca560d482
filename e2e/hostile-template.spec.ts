import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tinyModel } from "../src/main/engine/tiny-model.fixtures.ts";
import { text } from "../src/main/inspector/gguf-writer.fixtures.ts";
import { HearthHost } from "./hearth-host.ts";
import { expect, test } from "./hearth-test.ts";
import { ChatPage } from "./pages/chat-page.ts";

const endless = "{# <|im_start|> #}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";

test("a model whose chat template never ends answers all the same, and the window says so", async ({ page }) => {
    const files = mkdtempSync(path.join(tmpdir(), "hearth-template-"));
    const entries = { "general.name": text("Endless"), "tokenizer.chat_template": text(endless) };
    writeFileSync(path.join(files, "endless.gguf"), tinyModel({ entries }));
    const host = new HearthHost({ HEARTH_STARTER: "none", HEARTH_BROWSE: files });
    try {
        await page.goto(await host.start());
        await page.getByRole("button", { name: "Use a file I have" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("row").first().click();
        await dialog.getByRole("row", { name: "endless.gguf" }).click();
        await dialog.getByRole("button", { name: /Endless/ }).click();
        const chat = new ChatPage(page);
        await chat.ask("Hello");
        await expect(page.getByText(/chat template in this model's file .* known one instead: ChatML\./)).toBeVisible();
        await expect(chat.copy()).toHaveCount(1);
        await chat.ask("And now?");
        await expect(chat.copy()).toHaveCount(2);
    } finally {
        await host.dispose();
        rmSync(files, { recursive: true });
    }
});
