import { fileURLToPath } from "node:url";
import { ModelId } from "#shared/schema/ids.ts";
import { createStorage } from "./storage.ts";

/** Run in a process of its own, which a test kills: writes exchanges and says, after each promise, what must be there. */
const storage = await createStorage({
    workerEntry: fileURLToPath(new URL("../../storage/main.ts", import.meta.url)),
    dataFolder: process.argv[2] ?? "",
    log: { info: () => undefined, warn: () => undefined },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const { id } = await storage.chats.create();
for (let index = 0; ; index++) {
    const text = `question ${index}`;
    const { question, answer } = await storage.chats.addExchange({
        chatId: id,
        text,
        modelId: ModelId.parse("starter"),
        modelName: "SmolLM2 135M",
        predicted: null,
    });
    say(question.id);
    for (let part = 0; part < 3; part++) await storage.chats.appendText(answer.id, `part ${part} `);
    if (index % 2 === 0)
        await storage.chats.finishAnswer(answer.id, { state: "complete", statistics: null, failure: null });
    await storage.chats.saveDraft(id, `draft ${index}`);
}
