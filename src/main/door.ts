import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from "@orpc/contract";
import type { contract } from "#shared/contract/contract.ts";

/** What a service learns of the call besides its input. */
export type Call = { signal: AbortSignal | undefined };

/** The contract seen from inside: the same tree with plain functions. */
export type Implementation<Tree> =
    Tree extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
        ? (input: InferSchemaOutput<Input>, call: Call) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
        : { [Name in keyof Tree]: Implementation<Tree[Name]> };

export type Services = Implementation<typeof contract>;
