import { createContext } from "react";
import type { Address } from "./markdown-address.ts";

/** Shows an address and asks before it is opened. */
export const OpenAddressContext = createContext<(address: Address) => void>(() => {});
