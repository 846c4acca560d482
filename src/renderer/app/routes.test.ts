import { expect, test } from "vitest";
import { roomOf } from "./routes.ts";

test("an address lies in one room or in none", () => {
    expect(["/", "/start", "/chat", "/chat/c1", "/chatter", "/fit"].map(roomOf)).toEqual([
        "home",
        "home",
        "chat",
        "chat",
        undefined,
        undefined,
    ]);
});
