import path from "node:path";

/**
 * What node is given to run the built web host of a folder. Short-lived objects get 2 MiB, not 16, in each of its threads: the
 * host then stays under 200 MB with a model loaded (docs/performance.md), and it waits for others most of the time.
 */
export const webHostArguments = (root) => ["--max-semi-space-size=2", path.join(root, "out/main/web-host.js")];
