import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../services/storage/atomic-file.ts";

const LINK_MILLISECONDS = 10 * 60_000;
const MOST_SESSIONS = 32;
const COOKIE = "hearth-session";
const Stored = z.array(z.string().regex(/^[0-9a-f]{64}$/));

const hash = (secret: string): string => createHash("sha256").update(secret).digest("hex");
const newSecret = (): string => randomBytes(32).toString("base64url");

function isSame(a: string, b: string): boolean {
    const [first, second] = [Buffer.from(a), Buffer.from(b)];
    return first.length === second.length && timingSafeEqual(first, second);
}

/**
 * One-time links that become sessions. Secrets have 256 bits, are compared by hash, and only hashes are stored (0600), so
 * that a session outlives the host's restart. Cookies are HttpOnly and SameSite=Strict.
 */
export function createSessions(dataFolder: string, now: () => number = Date.now) {
    const file = path.join(dataFolder, "sessions.json");
    let sessions = readStored(file);
    let links: { hash: string; until: number }[] = [];
    return {
        /** A fresh link's key; good once, for ten minutes. */
        issueLink(): string {
            const key = newSecret();
            links = [
                ...links.filter(({ until }) => until > now()),
                { hash: hash(key), until: now() + LINK_MILLISECONDS },
            ].slice(-MOST_SESSIONS);
            return key;
        },
        /** The Set-Cookie value for a key that is good, and then never again; null for any other. */
        async redeem(key: string): Promise<string | null> {
            const wanted = hash(key);
            const found = links.find((link) => isSame(link.hash, wanted) && link.until > now());
            if (!found) return null;
            links = links.filter((link) => link !== found);
            const secret = newSecret();
            sessions = [...sessions, hash(secret)].slice(-MOST_SESSIONS);
            // A disk that refuses it costs the session at the next restart, not now.
            await writeAtomically(file, JSON.stringify(sessions)).catch(() => undefined);
            return `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`;
        },
        isOpen(cookieHeader: string | undefined): boolean {
            const secret = new RegExp(`(?:^|;\\s*)${COOKIE}=([A-Za-z0-9_-]{20,100})(?:;|$)`).exec(
                cookieHeader ?? "",
            )?.[1];
            if (secret === undefined) return false;
            const wanted = hash(secret);
            return sessions.some((session) => isSame(session, wanted));
        },
    };
}
export type Sessions = ReturnType<typeof createSessions>;

function readStored(file: string): string[] {
    try {
        return Stored.parse(JSON.parse(readFileSync(file, "utf8")));
    } catch {
        return [];
    }
}
