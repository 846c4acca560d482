import { registerHooks } from "node:module";

/** The file of node-llama-cpp that tests its binary in a child process; a test guards that it exists. */
export const BINARY_TEST_FILE = "/bindings/utils/testBindingBinary.js";

/**
 * Imports node-llama-cpp. In Electron's utility process its binary test would fork through RunAsNode, which is off; this
 * process is itself the test: if it dies before it is ready, the host starts it again without graphics (stack.md 5.3).
 */
export async function importLibrary() {
    if (process.versions["electron"])
        registerHooks({
            load: (url, context, next) =>
                url.endsWith(BINARY_TEST_FILE)
                    ? {
                          format: "module",
                          shortCircuit: true,
                          source: "export const testBindingBinary = async () => true;",
                      }
                    : next(url, context),
        });
    return import("node-llama-cpp");
}
export type Library = Awaited<ReturnType<typeof importLibrary>>;
