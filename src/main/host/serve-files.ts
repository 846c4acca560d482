import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { CONTENT_POLICY } from "../content-policy.ts";
import { mayEnter } from "./may-enter.ts";
import type { Sessions } from "./sessions.ts";

const page = (title: string, text: string) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
const HOW = "Run <code>hearth link</code> (or <code>npm start</code>) on this computer and open the address it prints.";

/** The built window and nothing else, behind exact Host, exact Origin and the session. */
export function serveFiles({ renderer, sessions, port }: { renderer: string; sessions: Sessions; port: number }): Hono {
    const app = new Hono();
    app.use(async (context, next) => {
        const refusal = mayEnter(
            {
                host: context.req.header("host"),
                origin: context.req.header("origin"),
                fetchSite: context.req.header("sec-fetch-site"),
            },
            port,
            "page",
        );
        if (refusal) return context.text("Refused", refusal.status);
        if (context.req.method !== "GET" && context.req.method !== "HEAD") return context.text("Refused", 405);
        await next();
        const { headers } = context.res;
        headers.set("content-security-policy", CONTENT_POLICY);
        headers.set("x-content-type-options", "nosniff");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cross-origin-opener-policy", "same-origin");
        headers.set("cross-origin-resource-policy", "same-origin");
        headers.set(
            "cache-control",
            context.req.path.startsWith("/assets/") ? "private, max-age=31536000, immutable" : "no-store",
        );
        return undefined;
    });
    app.get("/enter", async (context) => {
        const cookie = await sessions.redeem(context.req.query("key") ?? "");
        if (cookie === null) return context.html(page("This link was used already", HOW), 401);
        // 303 takes the key out of the address.
        return context.body(null, 303, { location: "/", "set-cookie": cookie });
    });
    app.use(async (context, next) => {
        if (!sessions.isOpen(context.req.header("cookie")))
            return context.html(page("Hearth asks who you are", HOW), 401);
        await next();
        return undefined;
    });
    app.get("*", serveStatic({ root: renderer }));
    app.notFound((context) => context.text("Not here", 404));
    return app;
}
