import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from "@orpc/contract";
import { isContractProcedure } from "@orpc/contract";
import { implement, ORPCError, type Router, ValidationError } from "@orpc/server";
import type { contract } from "#shared/contract/contract.ts";
import { Failed } from "#shared/schema/failure.ts";
import type { Log } from "./services/log/log.ts";

/** What a service learns of the call besides its input. */
export type Call = { signal: AbortSignal | undefined };

/** The contract seen from inside: the same tree with plain functions. */
export type Implementation<Tree> =
    Tree extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
        ? (input: InferSchemaOutput<Input>, call: Call) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
        : { [Name in keyof Tree]: Implementation<Tree[Name]> };

export type Services = Implementation<typeof contract>;

/** What the door asks of oRPC's implementer, whose own type is computed from the contract and cannot be walked. */
type Implementer = { handler(handle: (call: { input: unknown; signal?: AbortSignal }) => unknown): unknown } & {
    [name: string]: Implementer;
};
type Handle = (input: unknown, call: Call) => unknown;

/** Binds each procedure of a contract to the service function of the same name. Never changes when a procedure is added. */
export function openDoor(
    tree: typeof contract,
    services: Services,
    log: Log,
): Router<typeof contract, Record<never, never>> {
    const bind = (
        branch: object,
        implementer: Implementer,
        implementation: Record<string, unknown>,
    ): Record<string, unknown> =>
        Object.fromEntries(
            Object.entries(branch).map(([name, procedure]) => {
                const inner = implementer[name];
                const service = implementation[name];
                if (!inner) throw new Error(`the contract has no ${name}`);
                if (!isContractProcedure(procedure))
                    return [name, bind(procedure, inner, service as Record<string, unknown>)];
                const handle = service as Handle;
                return [
                    name,
                    inner.handler(async ({ input, signal }) => translate(log, () => handle(input, { signal }))),
                ];
            }),
        );
    const router = bind(tree, implement(tree) as unknown as Implementer, services);
    // The walk gives each leaf the type its contract asks for; only the tree as a whole is beyond the compiler.
    return router as unknown as Router<typeof contract, Record<never, never>>;
}

/** A failure keeps its code and data; anything else is a bug of ours: logged here, a bare reference outside. */
async function translate(log: Log, work: () => unknown): Promise<unknown> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof Failed) throw new ORPCError(error.failure.code, { data: error.failure.data });
        if (error instanceof ORPCError || error instanceof ValidationError) throw error;
        const reference = crypto.randomUUID().slice(0, 8);
        log.warn("door.unexpected", {
            reference,
            error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "unknown",
        });
        throw new ORPCError("UNEXPECTED", { data: { reference } });
    }
}
