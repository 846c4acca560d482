// Installs the packages when the lock is newer than what is installed. Plain JavaScript for the reader's own Node.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { root, run } from "./tools.mjs";

const leastNode = [20, 12];

/** True when everything is there; otherwise says in a sentence what is missing. */
export function install() {
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    if (major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1])) {
        console.error(
            `Hearth needs Node ${leastNode.join(".")} or newer; this is ${process.versions.node}. Get a newer one from nodejs.org, then try again.`,
        );
        return false;
    }
    const lock = path.join(root, "package-lock.json");
    const installed = path.join(root, "node_modules", ".package-lock.json");
    if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return true;
    console.log("Installing packages (once, about a minute)...");
    if (run("npm", ["ci", "--loglevel=error", "--no-fund", "--no-audit"]) === 0) return true;
    console.error("The packages could not be installed. Is this computer online, and is npm there (npm --version)?");
    return false;
}
