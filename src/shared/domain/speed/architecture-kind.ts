import type { ModelShape } from "../../schema/model-shape.ts";

/** Key of `overhead_factor` and `chi_arch` in speed-model.json. */
export function architectureKind({ architecture, experts, recurrent }: ModelShape): string {
    if (architecture === "gemma4") return experts ? "gemma4-moe" : "gemma4";
    if (recurrent) return experts ? "hybrid-moe" : "hybrid";
    return experts ? "moe" : "dense";
}
