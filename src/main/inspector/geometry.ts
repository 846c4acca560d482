import type { HeaderValues } from "./header-values.ts";
import {
    defaultWindow,
    fixedWindow,
    hasKnownState,
    keepsAttentionBesideState,
    recurrentLayers,
    slidingLayers,
} from "./layer-rules.ts";
import { Refusal } from "./refusal.ts";

/** More layers than this was a published overflow (security.md section 3). */
const MOST_LAYERS = 512;
const MOST_WIDTH = 2 ** 20;

export type LayerGeometry = {
    isLoaded: boolean;
    cache: { windowTokens: number; keyValues: number; valueValues: number } | null;
    recurrentStateBytes: number;
};

/** Everything of a model that memory depends on besides its tensors. Symbols as in fit/README.md section 2. */
export function readGeometry(values: HeaderValues) {
    const { architecture } = values;
    const blockCount = values.count("block_count", null, MOST_LAYERS);
    if (blockCount < 1) throw new Refusal("bad-geometry", "no layers");
    const nextn = values.count("nextn_predict_layers", 0, blockCount - 1);
    const width = values.count("embedding_length", null, MOST_WIDTH);
    if (width < 1) throw new Refusal("bad-geometry", "no width");
    const feedForward = values.perLayer("feed_forward_length", blockCount, 0, MOST_WIDTH * 16);
    const heads = values.perLayer("attention.head_count", blockCount, 0, 65_536);
    const kvHeads = values
        .perLayer("attention.head_count_kv", blockCount, 0, 65_536)
        .map((count, layer) => (values.has("attention.head_count_kv") ? count : (heads[layer] ?? 0)));
    const headCount = Math.max(...heads);
    const headLength = headCount > 0 ? Math.floor(width / headCount) : 0;
    const keyLength = values.count("attention.key_length", headLength, 65_536);
    const valueLength = values.count("attention.value_length", headLength, 65_536);
    const isMla = values.has("attention.key_length_mla") && values.has("attention.value_length_mla");
    const mlaLength = isMla
        ? values.count("attention.kv_lora_rank", null, MOST_WIDTH) + values.count("rope.dimension_count", 0, 65_536)
        : 0;
    const contextTrainedTokens = values.count("context_length", null);
    if (contextTrainedTokens < 1) throw new Refusal("bad-geometry", "no context");
    const window =
        fixedWindow(architecture) ?? values.count("attention.sliding_window", defaultWindow(architecture, blockCount));
    const pattern = values.flags("attention.sliding_window_pattern", blockCount);
    const period =
        pattern || !values.has("attention.sliding_window_pattern")
            ? null
            : Math.max(1, values.count("attention.sliding_window_pattern", 1));
    const sliding = window > 0 ? slidingLayers(architecture, blockCount, pattern, period) : [];
    const slidingKey = values.count("attention.key_length_swa", keyLength, 65_536);
    const slidingValue = values.count("attention.value_length_swa", valueLength, 65_536);
    const shared = values.count("attention.shared_kv_layers", 0, blockCount);
    const owners = architecture === "gemma3n" ? Math.min(20, blockCount) : blockCount - shared;
    const recurrent = readRecurrent(values, width, headCount);
    const isRecurrent = recurrentLayers(architecture, {
        kvHeads,
        feedForward,
        listed: values.flags("attention.recurrent_layers", blockCount),
        interval: values.count("full_attention_interval", 4, MOST_LAYERS),
    });
    if (isRecurrent.includes(true) && !recurrent && hasKnownState(architecture))
        throw new Refusal("missing-key", `${architecture}: the sizes of its state`);
    checkHeads(heads, kvHeads, { keyLength, valueLength }, isRecurrent.includes(true));
    const layers = kvHeads.map((count, layer): LayerGeometry => {
        const isLoaded = layer < blockCount - nextn;
        const hasState = isLoaded && recurrent !== null && (isRecurrent[layer] ?? false);
        const hasCache =
            isLoaded && count > 0 && layer < owners && (!hasState || keepsAttentionBesideState(architecture));
        const slides = sliding[layer] ?? false;
        const full = isMla
            ? { windowTokens: 0, keyValues: mlaLength, valueValues: 0 }
            : { windowTokens: 0, keyValues: count * keyLength, valueValues: count * valueLength };
        return {
            isLoaded,
            cache: !hasCache
                ? null
                : slides
                  ? { windowTokens: window, keyValues: count * slidingKey, valueValues: count * slidingValue }
                  : full,
            recurrentStateBytes: hasState ? recurrent.stateBytes : 0,
        };
    });
    const experts = values.count("expert_count", 0, 65_536);
    const usedPerToken = values.count("expert_used_count", 0, 65_536);
    if (usedPerToken > experts) throw new Refusal("bad-geometry", "more experts used than there are");
    if (experts > 0 && usedPerToken === 0) throw new Refusal("bad-geometry", "experts, but none used");
    return {
        layers,
        width,
        feedForwardLength: Math.max(...feedForward),
        headCount,
        keyLength: isMla ? mlaLength : Math.max(keyLength, sliding.includes(true) ? slidingKey : 0),
        keyValuesMax: Math.max(0, ...layers.map(({ cache }) => cache?.keyValues ?? 0)),
        isMla,
        contextTrainedTokens,
        experts:
            experts > 0
                ? {
                      count: experts,
                      usedPerToken,
                      feedForwardLength: values.count("expert_feed_forward_length", 0, MOST_WIDTH),
                  }
                : null,
        recurrent: recurrent && isRecurrent.includes(true) ? recurrent : null,
    };
}

/** The engine divides by these, and ends itself where heads do not divide into groups (Ollama CVE-2025-0317, rule 3). */
function checkHeads(
    heads: number[],
    kvHeads: number[],
    lengths: { keyLength: number; valueLength: number },
    hasRecurrentLayers: boolean,
): void {
    heads.forEach((count, layer) => {
        const kv = kvHeads[layer] ?? 0;
        if (kv > 0 && (count === 0 || count % kv !== 0))
            throw new Refusal("bad-geometry", `${count} heads for ${kv} in layer ${layer}`);
    });
    if (!hasRecurrentLayers && !kvHeads.some((count) => count > 0)) throw new Refusal("bad-geometry", "no heads");
    if (kvHeads.some((count) => count > 0) && (lengths.keyLength === 0 || lengths.valueLength === 0))
        throw new Refusal("bad-geometry", "heads without length");
}

/** One layer's state in bytes, 32-bit floats (section 5), with the sizes the compute buffer needs; null: no such keys. */
function readRecurrent(values: HeaderValues, width: number, headCount: number) {
    const most = 2 ** 24;
    const innerSize = values.count("ssm.inner_size", 0, most);
    const stateSize = values.count("ssm.state_size", 0, most);
    const groupCount = values.count("ssm.group_count", 0, 65_536);
    const kernel = values.count("ssm.conv_kernel", 0, 4096);
    if (innerSize > 0) {
        const rows = Math.max(0, kernel - 1) * (innerSize + 2 * groupCount * stateSize);
        return { innerSize, groupCount, stateSize, stateBytes: 4 * (rows + stateSize * innerSize) };
    }
    const plain = { innerSize: 0, groupCount: 0, stateSize: 0 };
    const shortConvolution = values.count("shortconv.l_cache", 0, 4096);
    if (shortConvolution > 0) return { ...plain, stateBytes: 4 * width * (shortConvolution - 1) };
    const headSize = values.count("wkv.head_size", 0, 65_536);
    if (headSize > 0)
        return { ...plain, stateBytes: 4 * (values.count("token_shift_count", 2, 64) * width + width * headSize) };
    const kda = values.count("kda.head_dim", 0, 65_536);
    return kda > 0
        ? { ...plain, stateBytes: 4 * (3 * Math.max(0, kernel - 1) * headCount * kda + kda * kda * headCount) }
        : null;
}
