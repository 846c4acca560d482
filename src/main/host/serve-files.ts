import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import { CONTENT_POLICY } from "../content-policy.ts";
import { mayEnter } from "./may-enter.ts";
import type { Sessions } from "./sessions.ts";

/** No request here has a body that is read; a large one is refused by its announced length, before it is sent. */
const MOST_BODY_BYTES = 8 * 2 ** 20;

const page = (title: string, text: string) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
const HOW = "Run <code>hearth link</code> (or <code>npm start</code>) on this computer and open the address it prints.";

function refusalOf(context: Context, port: number): 421 | 403 | 405 | 413 | null {
    const { req } = context;
    const refusal = mayEnter(
        {
            host: req.header("host"),
            origin: req.header("origin"),
            fetchSite: req.header("sec-fetch-site"),
            fetchMode: req.header("sec-fetch-mode"),
        },
        port,
        req.path === "/enter" ? "enter" : "page",
    );
    if (refusal) return refusal.status;
    if (Number(req.header("content-length") ?? 0) > MOST_BODY_BYTES) return 413;
    return req.method === "GET" || req.method === "HEAD" ? null : 405;
}

/** The built window and nothing else, behind exact Host, exact Origin and the session. */
export function serveFiles({ renderer, sessions, port }: { renderer: string; sessions: Sessions; port: number }): Hono {
    const app = new Hono();
    app.use(async (context, next) => {
        const refused = refusalOf(context, port);
        if (refused !== null) context.res = context.text("Refused", refused);
        else await next();
        const { headers } = context.res;
        headers.set("content-security-policy", CONTENT_POLICY);
        headers.set("x-content-type-options", "nosniff");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cross-origin-opener-policy", "same-origin");
        headers.set("cross-origin-resource-policy", "same-origin");
        const isHashed = context.req.path.startsWith("/assets/") && context.res.status === 200;
        headers.set("cache-control", isHashed ? "private, max-age=31536000, immutable" : "no-store");
    });
    app.get("/enter", async (context) => {
        const cookie = await sessions.redeem(context.req.query("key") ?? "");
        if (cookie === null) return context.html(page("This link was used already, or is too old", HOW), 401);
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
