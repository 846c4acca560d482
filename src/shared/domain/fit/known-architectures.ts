/**
 * Values of general.architecture whose memory rules are known (fit/README.md sections 4 and 5) and that the pinned engine,
 * llama.cpp v0.4.0 in node-llama-cpp 3.21.1, can load. Any other gets "Can't say", never a plain default.
 */
const known = new Set([
    ...[
        "llama",
        "mistral3",
        "qwen2",
        "qwen2moe",
        "qwen3",
        "qwen3moe",
        "granite",
        "granitemoe",
        "glm4",
        "glm4moe",
        "phi2",
        "phi3",
    ],
    ...[
        "command-r",
        "internlm2",
        "seed_oss",
        "smollm3",
        "apertus",
        "ernie4_5",
        "ernie4_5-moe",
        "hunyuan-dense",
        "hunyuan-moe",
    ],
    ...["gemma", "gemma2", "gemma3", "gemma3n", "gemma4", "gpt-oss", "cohere2", "olmo2", "exaone4", "muse-glimmer"],
    ...[
        "deepseek2",
        "granitehybrid",
        "jamba",
        "lfm2",
        "lfm2moe",
        "nemotron_h",
        "nemotron_h_moe",
        "falcon-h1",
        "mamba",
        "mamba2",
    ],
    ...["qwen3next", "qwen35", "qwen35moe", "olmo", "starcoder2", "stablelm", "gptneox", "gpt2", "bloom", "falcon"],
]);

export const isKnownArchitecture = (architecture: string): boolean => known.has(architecture);
