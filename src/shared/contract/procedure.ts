import { oc } from "@orpc/contract";
import { failures } from "../schema/failure.ts";

/** The base of every procedure: each may end in any of Hearth's failures, typed by its code. */
export const procedure = oc.errors(failures);
