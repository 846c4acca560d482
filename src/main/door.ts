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
                    inner.handler(async ({ input, signal }) => {
                        try {
                            const output = await handle(input, { signal });
                            return isStream(output) ? guardStream(log, output) : output;
                        } catch (error) {
                            throw translate(log, error);
                        }
                    }),
                ];
            }),
        );
    const router = bind(tree, implement(tree) as unknown as Implementer, services);
    // The walk gives each leaf the type its contract asks for; only the tree as a whole is beyond the compiler.
    return router as unknown as Router<typeof contract, Record<never, never>>;
}

const isStream = (output: unknown): output is AsyncIterable<unknown> =>
    typeof output === "object" && output !== null && Symbol.asyncIterator in output;

/** What goes wrong after a stream's first value is a typed error too. */
async function* guardStream(log: Log, stream: AsyncIterable<unknown>): AsyncGenerator {
    try {
        yield* stream;
    } catch (error) {
        throw translate(log, error);
    }
}

/** A failure keeps its code and data; anything else is a bug of ours: logged here, a bare reference outside. */
function translate(log: Log, error: unknown): unknown {
    if (error instanceof Failed) return new ORPCError(error.failure.code, { data: error.failure.data });
    if (error instanceof ORPCError || error instanceof ValidationError) return error;
    const reference = crypto.randomUUID().slice(0, 8);
    log.warn("door.unexpected", {
        reference,
        error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "unknown",
    });
    return new ORPCError("UNEXPECTED", { data: { reference } });
}
