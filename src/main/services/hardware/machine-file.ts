import { readFile, stat } from "node:fs/promises";
import { Failed } from "#shared/schema/failure.ts";
import { Machine } from "#shared/schema/machine.ts";
import { cleanText } from "./clean-name.ts";

const MOST_BYTES = 256 * 2 ** 10;

const damaged = (field: string) => new Failed({ code: "MACHINE_DAMAGED", data: { field: cleanText(field) } });

/**
 * Reads a machine in place of this computer: one described from published data, or the scan of another computer. Either is a
 * described machine here. Throws MACHINE_DAMAGED with the first wrong field.
 */
export async function loadMachineFile(file: string): Promise<Machine> {
    let content: unknown;
    try {
        if ((await stat(file)).size > MOST_BYTES) throw damaged("the file is too large");
        content = JSON.parse(await readFile(file, "utf8"), (_key, value: unknown) =>
            typeof value === "string" ? cleanText(value, 1000) : value,
        );
    } catch (error) {
        if (error instanceof Failed) throw error;
        throw damaged(error instanceof SyntaxError ? "the file is not JSON" : "the file cannot be read");
    }
    const parsed = Machine.safeParse(content);
    if (!parsed.success) throw damaged(parsed.error.issues[0]?.path.join(".") || "the whole file");
    const machine = parsed.data;
    return { ...machine, kind: "described", title: machine.title ?? machine.cpu.name.value };
}
