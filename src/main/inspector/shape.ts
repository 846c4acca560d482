import { type LayerKind, MODEL_SHAPE_LIMIT_BYTES, ModelShape } from "#shared/schema/model-shape.ts";
import { checkTokenizer } from "./check-tokenizer.ts";
import { type LayerGeometry, readGeometry } from "./geometry.ts";
import { type HeaderValues, readValues } from "./header-values.ts";
import { isLongText, type Value } from "./metadata.ts";
import type { Header } from "./parse-header.ts";
import { Refusal } from "./refusal.ts";
import type { Tensor } from "./tensors.ts";

const EMBEDDING = "token_embd.weight";
const layerPattern = /^blk\.(\d{1,4})\./;
/** Always in main memory, whatever is on the card (fit/README.md section 3). */
const inputTensors = new Set([EMBEDDING, "position_embd.weight", "token_types.weight", "per_layer_token_embd.weight"]);
const firstLayerTensors = /^(rope_freqs|rope_factors|per_layer_model_proj|per_layer_proj_norm)/;

/** What kind of file it is when it is no chat model; null: it may be one. */
function findOtherKind(values: HeaderValues): string | null {
    const { architecture } = values;
    const type = values.text("general.type", 40);
    if (architecture === "clip" || type === "mmproj") return "a picture or sound projector";
    if (type === "imatrix" || architecture === "imatrix") return "an importance matrix";
    if (type === "adapter" || type === "lora") return "an adapter";
    if (/bert|gemma-embedding|t5encoder/.test(architecture)) return "an embedding model";
    if (/^(dream|llada|llada-moe|rnd1)$/.test(architecture)) return "a diffusion model";
    if (architecture === "wavtokenizer-dec") return "a speech decoder";
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
    const sums = sumTensors(tensors, geometry.layers);
    checkTensors(tensors, geometry, vocabularySize, sums.layers);
    const embedding = tensors.find(({ name }) => name === EMBEDDING);
    const tokenEmbeddingBytes = embedding?.bytes ?? 0;
    const tokenEmbeddingParameters = embedding ? countParameters(embedding) : 0;
    const isTied = !tensors.some(({ name }) => name === "output.weight");
    const { experts } = geometry;
    const shape: ModelShape = {
        source: "header",
        architecture: values.architecture,
        name: values.text("general.name", 200),
        parameterCount: sums.parameterCount,
        activeParameterCount: Math.round(
            sums.readParameters +
                (isTied ? tokenEmbeddingParameters : 0) -
                (experts ? sums.expertParameters * (1 - experts.usedPerToken / experts.count) : 0),
        ),
        fileBytes: sizeBytes,
        mainTensorType: sums.mainTensorType,
        bytesByType: sums.bytesByType,
        contextTrainedTokens: geometry.contextTrainedTokens,
        vocabularySize,
        mergeCount,
        embeddingLength: geometry.width,
        feedForwardLength: geometry.feedForwardLength,
        headCount: geometry.headCount,
        keyLength: geometry.keyLength,
        keyValuesMax: geometry.keyValuesMax,
        isMla: geometry.isMla,
        experts,
        recurrent: geometry.recurrent && {
            innerSize: geometry.recurrent.innerSize,
            groupCount: geometry.recurrent.groupCount,
            stateSize: geometry.recurrent.stateSize,
        },
        inputBytes: sums.inputBytes,
        outputBytes: sums.outputBytes,
        isTied,
        tokenEmbeddingBytes,
        firstLayerBytes: sums.firstLayerBytes,
        ...groupLayers(geometry.layers, sums.layers),
        hasChatTemplate: isText(metadata.get("tokenizer.chat_template")),
    };
    const parsed = ModelShape.safeParse(shape);
    if (parsed.success && isSmall(parsed.data)) return parsed.data;
    const even = ModelShape.safeParse({
        ...shape,
        ...groupLayers(geometry.layers, evenOut(geometry.layers, sums.layers)),
    });
    if (!even.success || !isSmall(even.data)) throw new Refusal("bad-geometry", "its layers are too unlike each other");
    return even.data;
}

const isSmall = (shape: ModelShape): boolean => JSON.stringify(shape).length <= MODEL_SHAPE_LIMIT_BYTES;
const isText = (value: Value | undefined): boolean => typeof value === "string" || isLongText(value);

/** What the engine would find out only while loading: the embedding fits width and vocabulary, and no layer is missing. */
function checkTensors(
    tensors: Tensor[],
    { layers, width }: { layers: LayerGeometry[]; width: number },
    vocabularySize: number,
    sums: LayerSum[],
): void {
    const embedding = tensors.find(({ name }) => name === EMBEDDING);
    if (!embedding) throw new Refusal("bad-geometry", `${EMBEDDING} is missing`);
    const [row, rows = 1] = embedding.dimensions;
    if (row !== width || rows !== vocabularySize)
        throw new Refusal("bad-geometry", `${EMBEDDING} is ${row} x ${rows}, not ${width} x ${vocabularySize}`);
    layers.forEach(({ cache, recurrentStateBytes }, layer) => {
        if ((cache || recurrentStateBytes > 0) && sums[layer]?.weightBytes === 0)
            throw new Refusal("bad-geometry", `layer ${layer} is missing`);
    });
}

const countParameters = ({ dimensions }: Tensor): number =>
    dimensions.reduce((product, dimension) => product * dimension, 1);

/**
 * Bytes by place and type. `readParameters` are those a token needs if all experts are used: without what is only looked up and
 * without layers that are not loaded.
 */
function sumTensors(tensors: Tensor[], geometry: LayerGeometry[]) {
    const layers = geometry.map(() => ({ weightBytes: 0, expertBytes: 0 }));
    const bytesByType: Record<string, number> = {};
    let inputBytes = 0;
    let outputBytes = 0;
    let firstLayerBytes = 0;
    let parameterCount = 0;
    let expertParameters = 0;
    let readParameters = 0;
    for (const tensor of tensors) {
        const { name, type, bytes } = tensor;
        const parameters = countParameters(tensor);
        parameterCount += parameters;
        bytesByType[type] = (bytesByType[type] ?? 0) + bytes;
        const index = Number(layerPattern.exec(name)?.[1] ?? -1);
        const layer = layers[index];
        const isRead = layer ? geometry[index]?.isLoaded === true : !inputTensors.has(name);
        if (isRead) readParameters += parameters;
        if (layer) {
            layer.weightBytes += bytes;
            if (!name.includes("_exps")) continue;
            layer.expertBytes += bytes;
            if (isRead) expertParameters += parameters;
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
        parameterCount: parameterCount,
        expertParameters,
        readParameters,
    };
}

type LayerSum = { weightBytes: number; expertBytes: number };

/** Layers that are alike in everything are stored once, which keeps a model of many layers within 16 KB. */
function groupLayers(geometry: LayerGeometry[], sums: LayerSum[]): { layerKinds: LayerKind[]; layers: number[] } {
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

/**
 * Where a publisher mixed types by hand and no two layers weigh the same, those alike in all but weight share it evenly. Sums
 * stay exact: a remainder of some bytes goes to the first of them.
 */
function evenOut(geometry: LayerGeometry[], sums: LayerSum[]): LayerSum[] {
    const even = sums.map((sum) => ({ ...sum }));
    const members = Map.groupBy(geometry.keys(), (index) => JSON.stringify(geometry[index]));
    for (const indexes of members.values()) {
        for (const part of ["weightBytes", "expertBytes"] as const) {
            const total = indexes.reduce((sum, index) => sum + (sums[index]?.[part] ?? 0), 0);
            const each = Math.floor(total / indexes.length);
            indexes.forEach((index, place) => {
                const sum = even[index];
                if (sum) sum[part] = each + (place === 0 ? total - each * indexes.length : 0);
            });
        }
    }
    return even;
}
