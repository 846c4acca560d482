import path from "node:path";
import { findShortage } from "#shared/domain/fit/shortage.ts";
import { ModelId } from "#shared/schema/ids.ts";
import type { Engine } from "../services/engine/engine.ts";
import type { ChooseSettings } from "../services/engine/loader.ts";
import type { Inspector } from "../services/inspector/inspector.ts";
import { sayFailure } from "../say-failure.ts";

/** A model may write anything; nothing of it may steer the terminal. Line ends and tabs stay. */
const controlCharacters = /(?![\n\t])\p{Cc}/gu;

const ID = ModelId.parse("file:terminal");

/** `hearth ask <file> <prompt>`: streams an answer of any model file to the terminal, its speed to the error stream. */
export async function askCommand(
    args: string[],
    {
        engine,
        inspector,
        chooseSettings,
        write,
        writeError,
        signal,
    }: {
        engine: Engine;
        inspector: Inspector;
        chooseSettings: ChooseSettings;
        write: (text: string) => void;
        writeError: (line: string) => void;
        signal: AbortSignal;
    },
): Promise<number> {
    const [file, ...words] = args;
    const prompt = words.join(" ").trim();
    if (!file || prompt === "") {
        writeError("usage: hearth ask <model file> <prompt>");
        return 2;
    }
    const filePath = path.resolve(file);
    const inspection = await inspector.inspect(filePath);
    const fileName = path.basename(filePath);
    if (inspection.verdict === "refused") {
        const { fault, detail, missingBytes } = inspection;
        const data = { fileName: fileName.slice(0, 300), fault, detail, missingBytes };
        writeError(sayFailure({ code: "FILE_REFUSED", data }));
        return 1;
    }
    const { settings, layerCount, pools } = await chooseSettings(
        {
            id: ID,
            name: fileName,
            fileName,
            sizeBytes: inspection.shape.fileBytes,
            isStarter: false,
            shape: inspection.shape,
            refusal: null,
        },
        { wanted: null, heldBytes: 0, limit: null },
    );
    const shortage = findShortage(pools);
    if (shortage) {
        writeError(sayFailure({ code: "NOT_ENOUGH_MEMORY", data: shortage }));
        return 1;
    }
    await engine.load({ modelId: ID, name: fileName, filePath, settings, layerCount, lowered: null });
    const statistics = await engine.generate([{ role: "user", text: prompt }], {
        signal,
        onEvent: (event) => event.kind === "text" && write(event.text.replace(controlCharacters, "")),
    });
    write("\n");
    const rate =
        statistics.tokensPerSecond === null
            ? "too short to measure"
            : `${statistics.tokensPerSecond.toFixed(1)} tokens/s`;
    writeError(
        `${rate}, first token after ${Math.round(statistics.timeToFirstTokenMilliseconds)} ms, ${statistics.answerTokens} tokens`,
    );
    return 0;
}
