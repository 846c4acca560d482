import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tinyModel } from "../src/main/engine/tiny-model.fixtures.ts";

/** What a start is measured under (bar B45). */
export const startCircumstances = ["empty profile", "offline", "no model folder", "2,000 model files"] as const;
export type StartCircumstance = (typeof startCircumstances)[number];
export type StartReport = { milliseconds: number[]; models: number };

/** Prepares the folder of models and returns its path. */
export function prepareModels(circumstance: StartCircumstance, folder: string): string {
    const models = path.join(folder, "models");
    if (circumstance === "no model folder") return path.join(folder, "gone", "models");
    mkdirSync(models, { recursive: true });
    if (circumstance !== "2,000 model files") return models;
    const bytes = tinyModel();
    for (let index = 0; index < 2000; index++) writeFileSync(path.join(models, `model-${index}.gguf`), bytes);
    return models;
}
