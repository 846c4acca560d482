/**
 * Values of general.architecture whose memory rules are known (fit/README.md sections 4 and 5) and that the pinned engine,
 * llama.cpp v0.4.0 in node-llama-cpp 3.21.1, can load. Any other gets "Can't say", never a plain default. Left out on
 * purpose: sparse-attention caches (deepseek4, qwen4exp, minimax-m3 …), which nobody has measured yet, and RWKV and KDA
 * models, whose compute buffer has no closed form.
 */
const everyLayerFull =
    "llama mistral3 qwen2 qwen2moe qwen3 qwen3moe granite granitemoe glm4 glm4moe phi2 phi3 command-r internlm2 seed_oss " +
    "smollm3 apertus ernie4_5 ernie4_5-moe hunyuan-dense hunyuan-moe minimax-m2 dots1 bailingmoe bailingmoe2 gemma olmo " +
    "olmoe starcoder2 stablelm gptneox gpt2 bloom falcon";
const sliding =
    "gemma2 gemma3 gemma3n gemma4 gpt-oss cohere2 cohere2moe olmo2 exaone4 exaone-moe afmoe mellum muse-glimmer llama4 " +
    "plamo3 smallthinker laguna granite_swa mimo2 step35";
const compressed = "deepseek2 mistral4";
const withState =
    "granitehybrid jamba plamo2 lfm2 lfm2moe nemotron_h nemotron_h_moe falcon-h1 mamba mamba2 qwen3next qwen35 qwen35moe";

const known = new Set([everyLayerFull, sliding, compressed, withState].join(" ").split(" "));

export const isKnownArchitecture = (architecture: string): boolean => known.has(architecture);
