/**
 * Decode speed and time to first token: node-llama-cpp alone against the same through our engine process and its supervisor.
 * One thread on both sides, in turns, median of five. `HEARTH_TEST_MODEL=<file> node bench/decode.ts`
 */
import { getLlama, LlamaChat, type LlamaContextSequence } from "node-llama-cpp";
import { createRealEngine, loadRequest, wordsModel } from "../src/main/engine/real-engine.fixtures.ts";

const ROUNDS = 5;
const ANSWER_TOKENS = 128;
const PROMPT = "Write a long story about a lighthouse, a storm and a dog.";
const SAMPLING = { temperature: 0.2, topP: 0.9 };

type Run = { tokensPerSecond: number; firstTokenMilliseconds: number };

async function runBare(chat: LlamaChat, sequence: LlamaContextSequence): Promise<Run> {
    await sequence.clearHistory();
    const begun = performance.now();
    let firstAt = 0;
    let lastAt = 0;
    let tokens = 0;
    await chat.generateResponse([{ type: "user", text: PROMPT }], {
        ...SAMPLING,
        maxTokens: ANSWER_TOKENS,
        onToken: (written) => {
            lastAt = performance.now();
            if (tokens === 0) firstAt = lastAt;
            tokens += written.length;
        },
        onTextChunk: () => undefined,
    });
    return { tokensPerSecond: ((tokens - 1) * 1000) / (lastAt - firstAt), firstTokenMilliseconds: firstAt - begun };
}

/** Judged where the reader is: by the text that arrives in the host, not by the engine's own word. */
async function runThrough(engine: ReturnType<typeof createRealEngine>): Promise<Run> {
    // Another beginning than the benchmark's prompt empties the prefix, as clearHistory does on the other side.
    const { signal } = new AbortController();
    await engine.generate(
        [
            { role: "system", text: "Be brief." },
            { role: "user", text: "." },
        ],
        {
            signal,
            maxTokens: 1,
            onEvent: () => undefined,
        },
    );
    const begun = performance.now();
    let firstAt = 0;
    let lastAt = 0;
    const { answerTokens } = await engine.generate([{ role: "user", text: PROMPT }], {
        signal,
        maxTokens: ANSWER_TOKENS,
        onEvent: ({ kind }) => {
            if (kind !== "text") return;
            lastAt = performance.now();
            if (firstAt === 0) firstAt = lastAt;
        },
    });
    return {
        tokensPerSecond: ((answerTokens - 1) * 1000) / (lastAt - firstAt),
        firstTokenMilliseconds: firstAt - begun,
    };
}

function median(values: number[]): number {
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (wordsModel === null) {
    console.log("decode: skipped, HEARTH_TEST_MODEL names no model file");
    process.exit(0);
}
const request = loadRequest(wordsModel, { contextTokens: 2048 });
const llama = await getLlama({ build: "never", skipDownload: true, progressLogs: false, gpu: "auto", maxThreads: 1 });
const model = await llama.loadModel({ modelPath: wordsModel, gpuLayers: 0 });
const context = await model.createContext({ contextSize: 2048, threads: 1, batchSize: 512, flashAttention: true });
const sequence = context.getSequence();
const chat = new LlamaChat({ contextSequence: sequence });
const engine = createRealEngine();
await engine.load(request);

const bare: Run[] = [];
const through: Run[] = [];
// The first round on each side warms caches and is not counted.
for (let round = 0; round <= ROUNDS; round++) {
    const one = await runBare(chat, sequence);
    const two = await runThrough(engine);
    if (round === 0) continue;
    bare.push(one);
    through.push(two);
}
await engine.close();
await llama.dispose();

const rate = (runs: Run[]) => median(runs.map(({ tokensPerSecond }) => tokensPerSecond));
const first = (runs: Run[]) => median(runs.map(({ firstTokenMilliseconds }) => firstTokenMilliseconds));
const share = (100 * rate(through)) / rate(bare);
const later = first(through) - first(bare);
console.log(
    [
        `decode bare: ${rate(bare).toFixed(1)} tokens/s, first token ${first(bare).toFixed(0)} ms`,
        `decode through Hearth: ${rate(through).toFixed(1)} tokens/s, first token ${first(through).toFixed(0)} ms`,
        `decode share: ${share.toFixed(1)} % (goal 97 % or more)`,
        `first token later by: ${later.toFixed(0)} ms (goal 30 ms or less)`,
    ].join("\n"),
);
process.exit(0);
