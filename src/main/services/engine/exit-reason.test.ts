import { describe, expect, it } from "vitest";
import { findLastWords, judgeExit } from "./exit-reason.ts";

const exit = (signal: string | null, exitCode: number | null = null) => ({ signal, exitCode });
const quiet = { logTail: "", outOfMemoryKills: 0 };
const assertion = "load\n/build/llama.cpp/src/llama-vocab.cpp:1234: GGML_ASSERT(id < n) failed\n[New LWP 12]\n";

describe("why a process ended", () => {
    it.each([
        ["the kernel counted a kill", exit("SIGKILL"), { logTail: "", outOfMemoryKills: 1 }, "out-of-memory"],
        ["as exit code 137", exit(null, 137), { logTail: "", outOfMemoryKills: 1 }, "out-of-memory"],
        ["killed with memory to spare", exit("SIGKILL"), quiet, "outside"],
        ["killed where no system tells", exit("SIGKILL"), { logTail: "", outOfMemoryKills: null }, "unknown"],
        [
            "its own words",
            exit("SIGABRT"),
            { logTail: "ggml_cuda: out of memory\n", outOfMemoryKills: 0 },
            "out-of-memory",
        ],
        [
            "std::bad_alloc",
            exit("SIGABRT"),
            { logTail: "  what():  std::bad_alloc\n", outOfMemoryKills: 0 },
            "out-of-memory",
        ],
        ["an assertion", exit("SIGABRT"), { logTail: assertion, outOfMemoryKills: 0 }, "assertion"],
        ["a fault", exit("SIGSEGV"), quiet, "crash"],
        ["an exit without a word", exit(null, 0), quiet, "unknown"],
        ["a signal that is none of these", exit("SIGTERM"), quiet, "unknown"],
    ] as const)("%s", (_name, ended, evidence, reason) => expect(judgeExit(ended, evidence).reason).toBe(reason));

    it("does not take an old warning for the reason of a kill", () =>
        expect(
            judgeExit(exit("SIGKILL"), {
                logTail: "failed to allocate a large buffer, trying less\n",
                outOfMemoryKills: 0,
            }),
        ).toEqual({
            reason: "outside",
            lastWords: null,
        }));
});

describe("last words", () => {
    it("are the last telling line, without folders", () => {
        expect(findLastWords(assertion)).toBe("llama-vocab.cpp:1234: GGML_ASSERT(id < n) failed");
        expect(findLastWords("C:\\Users\\Ada\\models\\x.gguf: failed to allocate\n")).toBe(
            "x.gguf: failed to allocate",
        );
        expect(findLastWords("/home/ada/b.gguf: failed to allocate\nbye\n")).toBe("b.gguf: failed to allocate");
    });
    it("are none where nothing tells, and never long", () => {
        expect(findLastWords("all is well\n")).toBeNull();
        expect(findLastWords(`GGML_ASSERT ${"x".repeat(9000)}`)?.length).toBe(200);
    });
});
