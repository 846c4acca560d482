import { createContext, useContext } from "react";
import type { Api } from "#shared/contract/contract.ts";

/** The host, as every room asks it. Set once by the frame; tests and the gallery set a scripted one. */
export const ApiContext = createContext<Api | undefined>(undefined);

/** The client of the contract. Throws outside of `ApiContext`. */
export function useApi(): Api {
    const api = useContext(ApiContext);
    if (!api) throw new Error("useApi needs an ApiContext above it");
    return api;
}
