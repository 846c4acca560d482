import { type LayerKind, MODEL_SHAPE_LIMIT_BYTES, ModelShape } from "#shared/schema/model-shape.ts";
import { checkTokenizer } from "./check-tokenizer.ts";
import { type LayerGeometry, readGeometry } from "./geometry.ts";
import { type HeaderValues, readValues } from "./header-values.ts";
import type { Header } from "./parse-header.ts";
import { Refusal } from "./refusal.ts";
import type { Tensor } from "./tensors.ts";

const layerPattern = /^blk\.(\d{1,4})\./;
/** Always in main memory, whatever is on the card (fit/README.md section 3). */
const inputTensors = new Set([
    "token_embd.weight",
    "position_embd.weight",
    "token_types.weight",
    "per_layer_token_embd.weight",
]);
const firstLayerTensors = /^(rope_freqs|rope_factors|per_layer_model_proj|per_layer_proj_norm)/;

/** What kind of file it is when it is no chat model; null: it may be one. */
function findOtherKind(values: HeaderValues): string | null {
    const { architecture } = values;
    const type = values.text("general.type", 40);
    if (architecture === "clip" || type === "mmproj") return "a picture or sound projector";
    if (type === "imatrix" || architecture === "imatrix") return "an importance matrix";
    if (type === "adapter" || type === "lora") return "an adapter";
    if (/bert|gemma-embedding|t5encoder/.test(architecture)) return "an embedding model";
    return null;
}

/** The header as what memory and speed need of it. Throws Refusal for a file that is not a whole chat model. */
export function makeShape({ metadata, tensors, sizeBytes }: Header): ModelShape {
    const values = readValues(metadata);
    const otherKind = findOtherKind(values);
    if (otherKind) throw new Refusal("not-a-chat-model", otherKind);
    const splits = metadata.get("split.count");
    if (typeof splits === "number" && splits > 1) throw new Refusal("split-part", `one of ${splits} parts`);
    if (tensors.length === 0) throw new Refusal("not-a-chat-model", "a file without weights");
    const geometry = readGeometry(values);
    const { vocabularySize, mergeCount } = checkTokenizer(values, metadata);
    const sums = sumTensors(tensors, geometry.layers.length);
    const { layerKinds, layers } = groupLayers(geometry.layers, sums.layers);
    const embedding = tensors.find(({ name }) => name === "token_embd.weight");
    const shape: ModelShape = {
        source: "header",
        architecture: values.architecture,
        name: values.text("general.name", 200),
        parameterCount: sums.parameterCount,
        activeParameterCount: null,
        fileBytes: sizeBytes,
        mainTensorType: sums.mainTensorType,
        bytesByType: sums.bytesByType,
        contextTrainedTokens: geometry.contextTrainedTokens,
        vocabularySize: vocabularySize || (embedding?.dimensions[1] ?? 0),
        mergeCount,
        embeddingLength: geometry.width,
        feedForwardLength: geometry.feedForwardLength,
        headCount: geometry.headCount,
        keyLength: geometry.keyLength,
        keyValuesMax: geometry.keyValuesMax,
        isMla: geometry.isMla,
        experts: geometry.experts,
        recurrent: geometry.recurrent && {
            innerSize: geometry.recurrent.innerSize,
            groupCount: geometry.recurrent.groupCount,
            stateSize: geometry.recurrent.stateSize,
        },
        inputBytes: sums.inputBytes,
        lookedUpBytes: sums.inputBytes,
        outputBytes: sums.outputBytes,
        isTied: !tensors.some(({ name }) => name === "output.weight"),
        tokenEmbeddingBytes: embedding?.bytes ?? 0,
        firstLayerBytes: sums.firstLayerBytes,
        layerKinds,
        layers,
        hasChatTemplate: typeof metadata.get("tokenizer.chat_template") === "string",
    };
    const parsed = ModelShape.safeParse(shape);
    if (!parsed.success || JSON.stringify(shape).length > MODEL_SHAPE_LIMIT_BYTES)
        throw new Refusal("bad-geometry", "its layers are too unlike each other");
    return parsed.data;
}

function sumTensors(tensors: Tensor[], layerCount: number) {
    const layers = Array.from({ length: layerCount }, () => ({ weightBytes: 0, expertBytes: 0 }));
    const bytesByType: Record<string, number> = {};
    let inputBytes = 0;
    let outputBytes = 0;
    let firstLayerBytes = 0;
    let parameterCount = 0;
    for (const { name, type, bytes, dimensions } of tensors) {
        parameterCount += dimensions.reduce((product, dimension) => product * dimension, 1);
        bytesByType[type] = (bytesByType[type] ?? 0) + bytes;
        const layer = layers[Number(layerPattern.exec(name)?.[1] ?? -1)];
        if (layer) {
            layer.weightBytes += bytes;
            if (name.includes("_exps")) layer.expertBytes += bytes;
        } else if (layerPattern.test(name)) throw new Refusal("bad-geometry", "a layer more than it says");
        else if (inputTensors.has(name)) inputBytes += bytes;
        else if (firstLayerTensors.test(name)) firstLayerBytes += bytes;
        else outputBytes += bytes;
    }
    const mainTensorType = Object.entries(bytesByType).toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "F32";
    return {
        layers,
        bytesByType,
        inputBytes,
        outputBytes,
        firstLayerBytes,
        mainTensorType,
        parameterCount: Math.min(parameterCount, Number.MAX_SAFE_INTEGER),
    };
}

/** Layers that are alike in everything are stored once; a hybrid of many layers stays within 16 KB. */
function groupLayers(
    geometry: LayerGeometry[],
    sums: { weightBytes: number; expertBytes: number }[],
): { layerKinds: LayerKind[]; layers: number[] } {
    const indexByKey = new Map<string, number>();
    const layerKinds: LayerKind[] = [];
    const layers = geometry.map((layer, index) => {
        const kind: LayerKind = { ...(sums[index] ?? { weightBytes: 0, expertBytes: 0 }), ...layer };
        const key = JSON.stringify(kind);
        const known = indexByKey.get(key);
        if (known !== undefined) return known;
        indexByKey.set(key, layerKinds.length);
        return layerKinds.push(kind) - 1;
    });
    return { layerKinds, layers };
}
