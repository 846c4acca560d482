import type { EngineState } from "#shared/schema/engine.ts";
import { chatWords } from "../words/chat.ts";
import { Note } from "./Note.tsx";

type Props = { engine: EngineState | undefined; onFull: () => void };

/** What the model in memory is kept to because its engine had died with more, and the way back. */
export function LoweredNote({ engine, onFull }: Props) {
    const { lowered, settings, phase } = engine ?? {};
    // One that stopped again says so itself.
    if (!lowered || !settings || phase === "stopped") return null;
    return (
        <Note
            kind="stopped"
            sentence={chatWords.lowered(lowered, settings.contextTokens)}
            button={chatWords.loadFull}
            onPress={onFull}
        />
    );
}
