import { Measurement } from "#shared/schema/measurement.ts";
import type { Database } from "./driver.ts";
import type { OperationInput } from "./messages.ts";

const MOST_LISTED = 1000;

/** Measured runs, newest first. Rows that a later Hearth would no longer understand are left out. */
export function createRuns(database: Database) {
    return {
        add(measurement: OperationInput<"measurements.add">): void {
            database.run(
                "insert into measurement (model_id, body) values (?, ?)",
                measurement.modelId,
                JSON.stringify(measurement),
            );
        },
        list({ modelId }: OperationInput<"measurements.list">): Measurement[] {
            const rows = database.all(
                "select body from measurement where ?1 is null or model_id = ?1 order by sequence desc limit ?2",
                modelId,
                MOST_LISTED,
            );
            return rows.flatMap((row) => {
                const parsed = Measurement.safeParse(JSON.parse(String(row["body"])));
                return parsed.success ? [parsed.data] : [];
            });
        },
    };
}
