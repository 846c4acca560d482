import { chmodSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { HearthHost } from "./hearth-host.ts";
import { connectTo, enter } from "./host-client.ts";

/** 10 in `npm test`, 50 in `npm run bars`. */
const REPEATS = Number(process.env["HEARTH_BAR_REPEATS"] ?? 10);
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
/** What the demand names, and what a profile holds besides. */
const MUST_EXIST = ["hearth.db", "settings.json", "sessions.json", "lock.json"];

test.skip(process.platform === "win32", "Windows keeps other users out by the profile folder's own list");

/** Everything in a folder, itself included, with its mode. */
function readModes(folder: string): { name: string; mode: number; isFolder: boolean }[] {
    const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return ["", ...entries].map((name) => {
        const found = lstatSync(path.join(folder, name));
        return { name, mode: found.mode & 0o777, isFolder: found.isDirectory() };
    });
}

const open = (data: string): string[] =>
    readModes(data)
        .filter(({ mode, isFolder }) => mode !== (isFolder ? PRIVATE_FOLDER : PRIVATE_FILE))
        .map(({ name, mode }) => `${name || "the folder itself"} ${mode.toString(8)}`);

test(`B20: the profile is its reader's alone, and made so again at each of ${REPEATS} starts`, async () => {
    test.setTimeout(REPEATS * 20_000);
    // The most careless parent there is: without the host's own care, all it makes could be read by everyone.
    const usual = process.umask(0);
    const host = new HearthHost({ HEARTH_STARTER: "none" });
    const data = path.join(host.folder, "data");
    let loosened = 0;
    try {
        for (let start = 0; start < REPEATS; start++) {
            const link = await host.start();
            const client = await connectTo(link, await enter(link));
            const chat = await client.api.chats.create();
            await client.api.chats.saveDraft({ chatId: chat.id, text: `draft ${start}` });
            await client.api.settings.set({ hasFinishedFirstRun: start % 2 === 0 });
            expect(open(data), `start ${start}, while it runs`).toEqual([]);
            const names = readModes(data).map(({ name }) => name);
            expect(names).toEqual(expect.arrayContaining(MUST_EXIST));
            client.close();
            await host.stop();
            expect(open(data), `start ${start}, after its end`).toEqual([]);
            // As a careless copy or another program would leave it.
            mkdirSync(path.join(data, "logs"), { recursive: true });
            writeFileSync(path.join(data, `foreign-${start}`), "");
            for (const { name, isFolder } of readModes(data)) {
                chmodSync(path.join(data, name), isFolder ? 0o777 : 0o666);
                loosened += 1;
            }
        }
        test.info().annotations.push({
            type: "figures",
            description: `${REPEATS} starts under umask 0, 0 files or folders open to others; ${loosened} modes loosened in between, all put right`,
        });
    } finally {
        process.umask(usual);
        await host.dispose();
    }
});
