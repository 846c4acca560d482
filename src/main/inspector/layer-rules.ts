/** Which layers slide, per architecture: the period after which a full layer stands (fit/README.md section 4). */
const lastOfPeriodIsFull: Record<string, number> = {
    gemma2: 2,
    "gpt-oss": 2,
    cohere2: 4,
    olmo2: 4,
    exaone4: 4,
    "exaone-moe": 4,
    afmoe: 4,
    mellum: 4,
    "muse-glimmer": 4,
    llama4: 4,
    gemma3n: 5,
    gemma3: 6,
    plamo3: 8,
};
const firstOfPeriodIsFull: Record<string, number> = { smallthinker: 4, cohere2moe: 4, laguna: 4 };
const allSlide = new Set(["lfm2", "deepseek4"]);
const defaultWindows: Record<string, number> = { gemma2: 4096, "exaone-moe": 128, smallthinker: 4096, llama4: 8192 };

/** Tokens of the window where the header names none. */
export function defaultWindow(architecture: string, layers: number): number {
    if (architecture === "exaone4" && layers === 64) return 4096;
    return defaultWindows[architecture] ?? 0;
}

/** The architectures whose window does not come from their key: phi3 has one and ignores it. */
export const fixedWindow = (architecture: string): number | null =>
    architecture === "phi3" ? 0 : architecture === "smallthinker" ? 4096 : null;

/** True for each layer that keeps only a window. A pattern in the header wins over the table. */
export function slidingLayers(
    architecture: string,
    layers: number,
    pattern: boolean[] | null,
    period: number | null,
): boolean[] {
    if (pattern) return pattern;
    const last = lastOfPeriodIsFull[architecture];
    const first = firstOfPeriodIsFull[architecture];
    if (architecture === "exaone4" && layers !== 64) return Array.from({ length: layers }, () => false);
    if (first !== undefined) return Array.from({ length: layers }, (_, layer) => layer % (period ?? first) !== 0);
    if (last === undefined) return Array.from({ length: layers }, () => allSlide.has(architecture));
    return Array.from({ length: layers }, (_, layer) => (layer + 1) % (period ?? last) !== 0);
}

const allRecurrent = new Set(["mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7", "arwkv7"]);
const recurrentWithoutHeads = new Set([
    "granitehybrid",
    "jamba",
    "plamo2",
    "lfm2",
    "lfm2moe",
    "kimi-linear",
    "kimi-k3",
    "bailingmoe3",
]);
const byInterval = new Set(["qwen3next", "qwen35", "qwen35moe", "qwen4exp", "minimax-01"]);

/** True for each layer with a fixed state (section 5). falcon-h1 has both in every layer. */
export function recurrentLayers(
    architecture: string,
    {
        kvHeads,
        feedForward,
        listed,
        interval,
    }: { kvHeads: number[]; feedForward: number[]; listed: boolean[] | null; interval: number },
): boolean[] {
    return kvHeads.map((heads, layer) => {
        if (listed) return listed[layer] ?? false;
        if (allRecurrent.has(architecture) || architecture === "falcon-h1") return true;
        if (recurrentWithoutHeads.has(architecture)) return heads === 0;
        if (architecture.startsWith("nemotron_h")) return heads === 0 && (feedForward[layer] ?? 0) === 0;
        return byInterval.has(architecture) && interval > 0 && (layer + 1) % interval !== 0;
    });
}

/** Recurrent architectures whose state comes from other keys than section 5 names. */
const stateUnknown = new Set(["minimax-01"]);
export const hasKnownState = (architecture: string): boolean => !stateUnknown.has(architecture);

export const keepsAttentionBesideState = (architecture: string): boolean => architecture === "falcon-h1";
