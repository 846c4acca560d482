import { z } from "zod";

/**
 * The longest text of one message, in UTF-16 units. A frame of the socket takes 1 MiB (src/main/host/accept-socket.ts), and
 * JSON needs up to six bytes for a unit, so that every text within the limit arrives.
 */
export const MOST_TEXT_CHARACTERS = 160_000;
export const Text = z.string().max(MOST_TEXT_CHARACTERS);
