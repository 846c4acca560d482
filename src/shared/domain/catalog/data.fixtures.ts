import { readFileSync } from "node:fs";
import path from "node:path";
import { CatalogFile } from "../../schema/catalog-file.ts";
import { DeviceTable } from "../../schema/device.ts";
import { SpeedModel } from "../../schema/speed-model.ts";

const read = (name: string): unknown =>
    JSON.parse(readFileSync(path.join(import.meta.dirname, "../../../../resources/data", name), "utf8"));

/** The data files that ship, checked by their schemas. */
export const catalogFile = CatalogFile.parse(read("catalog.json"));
export const speedModel = SpeedModel.parse(read("speed-model.json"));
export const devices = DeviceTable.parse(read("devices.json")).devices;
