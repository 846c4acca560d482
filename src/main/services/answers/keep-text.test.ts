import { expect, it } from "vitest";
import { MessageId } from "#shared/schema/ids.ts";
import { keepText } from "./keep-text.ts";

const id = MessageId.parse("m1");

/** A store that fails as often as it is told, and is slow. */
function createStore(failures: number) {
    const stored: string[] = [];
    const appendText = async (_id: MessageId, text: string) => {
        await Promise.resolve();
        if (failures-- > 0) throw new Error("full");
        stored.push(text);
    };
    return { stored, storage: { chats: { appendText } } };
}

it("writes what came together as one batch", async () => {
    const { stored, storage } = createStore(0);
    const kept = keepText(storage, id);
    for (const text of ["a", "b", "c"]) kept.add(text);
    await kept.flush();
    expect(stored).toEqual(["abc"]);
});

it("keeps the order and loses nothing when a batch fails", async () => {
    const { stored, storage } = createStore(1);
    const kept = keepText(storage, id);
    kept.add("first ");
    const failing = kept.flush();
    kept.add("second");
    await expect(failing).rejects.toThrow("full");
    await kept.flush();
    expect(stored.join("")).toBe("first second");
});

it("says so when the last text cannot be written", async () => {
    const { storage } = createStore(9);
    const kept = keepText(storage, id);
    kept.add("text");
    await expect(kept.flush()).rejects.toThrow("full");
});
