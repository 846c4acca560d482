// Makes resources/data/ from a folder of prepared pages: node scripts/make-data.ts FOLDER
// (FOLDER/catalog/catalog.json, FOLDER/hardware/devices.csv, FOLDER/hardware/speed-model.json).
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";

const folder = z.string({ error: "usage: node scripts/make-data.ts FOLDER" }).parse(process.argv[2]);
const target = path.resolve(import.meta.dirname, "../resources/data");
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
const write = (name: string, value: unknown) =>
    writeFileSync(path.join(target, name), `${JSON.stringify(value, null, 1)}\n`);
const number = (text: string | undefined) => (text ? Number(text) : null);

/** Only the fields that a row has, so that the file stays small. */
const known = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/** The size that the publisher's list rounds, read from the file that set-up verifies by its sha256. */
const STARTER_BYTES = 98_362_432;
const catalog = z
    .looseObject({
        models: z.array(z.looseObject({ id: z.string(), variants: z.array(z.looseObject({ quant: z.string() })) })),
    })
    .parse(JSON.parse(read("catalog/catalog.json")));
for (const model of catalog.models) {
    if (model.id !== "smollm2-135m-instruct") continue;
    for (const variant of model.variants) {
        if (variant.quant !== "Q4_1") continue;
        const parts = z.array(z.looseObject({})).parse(variant["parts"]);
        Object.assign(variant, {
            parts: parts.map((part) => ({ ...part, sizeBytes: STARTER_BYTES, sizeExact: true })),
            totalSizeBytes: STARTER_BYTES,
            totalSizeExact: true,
            note: "the file used by the tests; exact bytes read from the file whose sha256 is above",
        });
    }
}
write("catalog.json", { madeBy: "scripts/make-data.ts", ...catalog });

const rows = z.array(z.record(z.string(), z.string())).parse(parse(read("hardware/devices.csv"), { columns: true }));
const devices = rows
    .filter((row) => row["match"] && ["gpu", "igpu", "apple", "apu", "cpu"].includes(row["kind"] ?? ""))
    .map((row) => ({
        id: row["id"],
        name: row["name"],
        kind: row["kind"],
        class: row["class"],
        match: row["match"],
        memoryBytesOptions: (row["memory_bytes_options"] ?? "").split("|").filter(Boolean).map(Number),
        bandwidthBytesPerSecond: number(row["bandwidth_bytes_per_second"]),
        fp16FlopsPerSecond: number(row["fp16_flops"]),
        ...known({
            int8OperationsPerSecond: number(row["int8_ops"]),
            gpuCores: number(row["gpu_cores"]),
            memoryType: row["memory_type"] || null,
            memoryMegatransfersPerSecond: number(row["memory_mts"]),
            memoryChannels: number(row["memory_channels"]),
            note: row["note"] || null,
        }),
        confidence: row["confidence"],
        source: row["source_url"],
    }));
write("devices.json", { asOf: "2026-10", madeBy: "scripts/make-data.ts", devices });
write("speed-model.json", {
    madeBy: "scripts/make-data.ts",
    ...z.looseObject({}).parse(JSON.parse(read("hardware/speed-model.json"))),
});
