import { ORPCError } from "@orpc/client";
import { expect, test } from "vitest";
import { type Failure, failures } from "#shared/schema/failure.ts";
import { words } from "../words/words.ts";
import { failureActions, failureWords, toFailure } from "./failures.ts";
import { failureExamples } from "./failures.fixtures.ts";

test("every failure has an example, a sentence, a button, a command and an action", () => {
    expect(failureExamples.map(({ code }) => code).toSorted()).toEqual(Object.keys(failures).toSorted());
    for (const failure of failureExamples) {
        const { sentence, button, action } = failureWords(failure);
        expect(sentence, failure.code).toMatch(/[.]$/);
        expect(sentence, failure.code).not.toMatch(/undefined|NaN|null|!|N\/A/);
        expect(button.length, failure.code).toBeGreaterThan(3);
        expect(words.failures[failure.code](failure.data as never).command, failure.code).toMatch(/^[a-z].{4}|^HEARTH/);
        expect(action).toBe(failureActions[failure.code]);
    }
});

test("a refused call is read by its code; anything else is none of ours", () => {
    const failure: Failure = {
        code: "NOT_ENOUGH_MEMORY",
        data: { memory: "main", neededBytes: 8.1e9, freeBytes: 5e9 },
    };
    expect(toFailure(new ORPCError(failure.code, { data: failure.data }))).toEqual(failure);
    expect(toFailure(new ORPCError("NOT_ENOUGH_MEMORY", { data: { neededBytes: "many" } }))).toBeUndefined();
    expect(toFailure(new Error("NOT_ENOUGH_MEMORY"))).toBeUndefined();
});
