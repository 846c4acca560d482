import type { ContractRouterClient } from "@orpc/contract";
import { about } from "./about.ts";
import { answers } from "./answers.ts";
import { chats } from "./chats.ts";
import { engine } from "./engine.ts";
import { hardware } from "./hardware.ts";
import { measurements } from "./measurements.ts";
import { models } from "./models.ts";
import { settings } from "./settings.ts";

/** Everything the window may ask of the host, in both shells. */
export const contract = { hardware, models, engine, answers, chats, measurements, settings, about };

/** The client's face of the contract. */
export type Api = ContractRouterClient<typeof contract>;
