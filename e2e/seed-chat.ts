import path from "node:path";
import type { Failure } from "../src/shared/schema/failure.ts";
import { ModelId } from "../src/shared/schema/ids.ts";
import { createStorage } from "../src/main/services/storage/storage.ts";

/** What a larger model than the starter writes: all that markdown has, and a link. */
const rich = (link: string) => `Bread needs four things: see [the guide](${link}).

# A head

1. Flour
2. Water

- [x] salt
- [ ] yeast

| Part  | Grams |
| ----- | ----: |
| flour |   500 |
| water |   350 |

\`\`\`ts
const hydration = 350 / 500; // a line of code that is longer than a narrow window is wide, so that it has to scroll
\`\`\`

> Quoted, with \`code\` and **weight**.`;

const died: Failure = {
    code: "ENGINE_DIED",
    data: {
        cause: { kind: "ended", exitCode: null, signal: "SIGKILL", reason: "outside", lastWords: null },
        phase: "writing",
        deathsInARow: 1,
    },
};

/**
 * Writes a chat into a profile before its host starts, through the real storage worker: a rich answer with a link, and,
 * where \`isBroken\`, one stopped and one that the engine's death cut off. Returns its address in the window.
 */
export async function seedChat(
    dataFolder: string,
    { link = "https://bread.example/guide", isBroken = false } = {},
): Promise<string> {
    const storage = await createStorage({
        workerEntry: path.resolve(import.meta.dirname, "../out/main/storage.js"),
        dataFolder,
        log: { info: () => undefined, warn: () => undefined },
    });
    const { id } = await storage.chats.create();
    const say = async (question: string, text: string, end: "complete" | "stopped" | "failed") => {
        const { answer } = await storage.chats.addExchange({
            chatId: id,
            text: question,
            modelId: ModelId.parse("starter"),
            modelName: "SmolLM2 135M",
            predicted: null,
        });
        await storage.chats.appendText(answer.id, text);
        await storage.chats.finishAnswer(answer.id, {
            state: end,
            statistics: null,
            failure: end === "failed" ? died : null,
        });
    };
    await say("How is bread made?", rich(link), "complete");
    if (isBroken) {
        await say("Go on.", "First the flour is", "stopped");
        await say("And then?", "Then the water", "failed");
    }
    await storage.close();
    return `/#/chat/${id}`;
}
