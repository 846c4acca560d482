// npm run docs: writes docs/generated/ from the contract, the settings and the failures. With --check it only compares.
import { isContractProcedure } from "@orpc/contract";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { contract } from "../src/shared/contract/contract.ts";
import { failures } from "../src/shared/schema/failure.ts";
import { Settings } from "../src/shared/schema/settings.ts";

const folder = path.resolve(import.meta.dirname, "../docs/generated");
const note = "<!-- Written by scripts/generate-docs.ts; change the source, then `npm run docs`. -->\n\n";

/** A schema in one line; event streams, which have no JSON form, are named as such. */
function describe(schema: unknown): string {
    if (schema === undefined) return "nothing";
    if (!(schema instanceof z.ZodType)) return "stream of events";
    const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    return describeJson(json);
}

function describeJson(json: z.core.JSONSchema.BaseSchema): string {
    if (json.title) return json.title;
    if (json.type === "object" && json.properties) {
        const required = new Set(json.required);
        return `{ ${Object.keys(json.properties)
            .map((key) => (required.has(key) ? key : `${key}?`))
            .join(", ")} }`;
    }
    if (json.type === "array") return "list";
    if (json.anyOf)
        return json.anyOf.map((option) => (typeof option === "object" ? describeJson(option) : "any")).join(" or ");
    return typeof json.type === "string" ? json.type : "any";
}

function procedures(): string {
    const rows = Object.entries(contract).flatMap(([area, group]) =>
        Object.entries(group).map(([name, procedure]) => {
            if (!isContractProcedure(procedure)) throw new Error(`${area}.${name} is no procedure`);
            const { inputSchema, outputSchema } = procedure["~orpc"];
            return `| \`${area}.${name}\` | ${describe(inputSchema)} | ${describe(outputSchema)} |`;
        }),
    );
    return `${note}# Procedures\n\nWhat the window may ask of the host, over the port and the socket alike.\n\n| procedure | input | output |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}

function settings(): string {
    const defaults: Record<string, unknown> = Settings.parse({});
    const rows = Object.keys(Settings.shape).map((key) => `| \`${key}\` | \`${JSON.stringify(defaults[key])}\` |`);
    return `${note}# Settings\n\n| setting | default |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function failureCodes(): string {
    const rows = Object.entries(failures).map(([code, { data }]) => `| \`${code}\` | ${describe(data)} |`);
    return `${note}# Failures\n\nEach has a sentence and one button in \`src/renderer/app/failures.ts\`.\n\n| code | data |\n| --- | --- |\n${rows.join("\n")}\n`;
}

const documents = { "procedures.md": procedures(), "settings.md": settings(), "failures.md": failureCodes() };

if (process.argv.includes("--check")) {
    const stale = Object.entries(documents).filter(([name, text]) => {
        try {
            return readFileSync(path.join(folder, name), "utf8") !== text;
        } catch {
            return true;
        }
    });
    for (const [name] of stale) console.error(`docs/generated/${name} is stale: run \`npm run docs\``);
    process.exitCode = stale.length > 0 ? 1 : 0;
} else {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(documents)) writeFileSync(path.join(folder, name), text);
}
