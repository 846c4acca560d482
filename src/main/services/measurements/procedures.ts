import type { Services } from "../../door.ts";
import type { Storage } from "../storage/storage.ts";

export function measurementsProcedures({ measurements }: Storage): Services["measurements"] {
    return { list: ({ modelId }) => measurements.list(modelId) };
}
