import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, test } from "./hearth-test.ts";
import { seedChat } from "./seed-chat.ts";

const ways = ["click", "middle", "control", "keyboard"] as const;

test("a model's link shows its address first and opens outside the window, pressed any way (bar B8)", async ({
    page,
    context,
    host,
}) => {
    const asked: (string | undefined)[] = [];
    const site = createServer(({ url, headers }, response) => {
        if (url?.startsWith("/guide")) asked.push(`${url} from ${headers.referer ?? "nowhere"}`);
        response.end("A page.");
    }).listen(0, "127.0.0.1");
    await once(site, "listening");
    const where = `127.0.0.1:${(site.address() as AddressInfo).port}`;
    const chat = await seedChat(path.join(host.folder, "data"), { link: `http://${where}/guide?chat=1` });
    await page.goto(await host.start());
    await page.goto(new URL(chat, page.url()).href);
    const place = page.url();
    const link = page.getByRole("button", { name: /the guide/ });
    const dialog = page.getByRole("dialog", { name: "This link leaves Hearth" });
    await expect(link).toContainText(where);
    for (const way of ways) {
        if (way === "middle") {
            // What is no link cannot be followed by a middle press; it takes the usual one to come on.
            await link.click({ button: "middle" });
            await expect(dialog).toHaveCount(0);
        }
        if (way === "keyboard") await link.press("Enter");
        else await link.click(way === "control" ? { modifiers: ["Control"] } : {});
        await expect(dialog.getByText(`http://${where}/guide?chat=1`)).toBeVisible();
        expect(asked, `${way}: nothing is asked for before the button`).toEqual([]);

        const opening = context.waitForEvent("page");
        const open = dialog.getByRole("link", { name: "Open in the browser" });
        if (way === "keyboard") await open.press("Enter");
        else if (way === "middle") await open.click({ button: "middle" });
        else await open.click(way === "control" ? { modifiers: ["Control"] } : {});
        const opened = await opening;
        await expect.poll(() => asked, way).toEqual(["/guide?chat=1 from nowhere"]);
        expect(await opened.evaluate(() => window.opener === null)).toBe(true);
        await opened.close();
        asked.length = 0;

        if (way === "middle") await page.keyboard.press("Escape");
        await expect(dialog).toHaveCount(0);
        await expect(link).toBeFocused();
        expect(page.url()).toBe(place);
    }
    site.close();
    site.closeAllConnections();
});
