import { type AnySchema, isContractProcedure } from "@orpc/contract";
import { contract } from "#shared/contract/contract.ts";
import type { Services } from "./door.ts";

/** One procedure of the contract: its path, and the schema of its input (none: it takes nothing). */
export type Listed = { path: string[]; input: AnySchema | undefined };

/** Every procedure, taken from the contract itself. */
export function listProcedures(branch: object = contract, path: string[] = []): Listed[] {
    return Object.entries(branch).flatMap(([name, value]: [string, object]) =>
        isContractProcedure(value)
            ? [{ path: [...path, name], input: value["~orpc"].inputSchema }]
            : listProcedures(value, [...path, name]),
    );
}

/** Services that do nothing but tell which procedure was reached with what; each answers what `answer` returns or throws. */
export function createToldServices(answer: (path: string[], input: unknown) => unknown): Services {
    const services: Record<string, Record<string, unknown>> = {};
    for (const { path } of listProcedures()) {
        const [area = "", name = ""] = path;
        (services[area] ??= {})[name] = (input: unknown) => answer(path, input);
    }
    return services as unknown as Services;
}
