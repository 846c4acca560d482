import { test as base, type Page } from "@playwright/test";
import { HearthHost } from "./hearth-host.ts";

type Watch = {
    /** Every address the page asked for that is not its own host's. */
    foreignRequests: string[];
    cspReports: string[];
    pageErrors: string[];
};

/** Watches a page for what must never happen: foreign requests, broken content policy, uncaught errors. */
export async function watchPage(page: Page, watch: Watch): Promise<void> {
    page.on("request", (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (protocol.startsWith("http") && hostname !== "127.0.0.1") watch.foreignRequests.push(request.url());
    });
    page.on("pageerror", (error) => watch.pageErrors.push(String(error)));
    await page.exposeFunction("reportViolation", (report: string) => watch.cspReports.push(report));
    await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
            const report = `${event.violatedDirective}: ${event.blockedURI} ${event.sample}`;
            const reporter: unknown = Reflect.get(window, "reportViolation");
            if (typeof reporter === "function") reporter(report);
        });
    });
}

/** A fresh host on an empty profile, and a page that is watched. */
export const test = base.extend<{ host: HearthHost; watch: Watch; link: string }>({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern itself
    host: async ({}, use) => {
        const host = new HearthHost();
        await use(host);
        await host.dispose();
    },
    watch: async ({ page }, use) => {
        const watch: Watch = { foreignRequests: [], cspReports: [], pageErrors: [] };
        await watchPage(page, watch);
        await use(watch);
        base.expect(watch, "nothing left this computer, no policy was broken, no error was uncaught").toEqual({
            foreignRequests: [],
            cspReports: [],
            pageErrors: [],
        });
    },
    link: async ({ host }, use) => {
        await use(await host.start());
    },
});

export { expect } from "@playwright/test";
