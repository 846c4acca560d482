import { mainReserveBytes } from "#shared/domain/fit/pools.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import { useMemoryNow } from "../app/queries.ts";
import { MemoryBar } from "../ui/MemoryBar.tsx";
import { chamberNow } from "../ui/memory-segments.ts";
import { chatWords } from "../words/chat.ts";
import styles from "./ModelHeader.module.css";

/** Beside the model: what it holds of main memory, and what is left. Nothing where no model is loaded. */
export function MemoryInUse({ engine }: { engine: EngineState | undefined }) {
    const memory = useMemoryNow();
    const heldBytes = engine?.residentBytes ?? null;
    if (!memory || heldBytes === null || !engine?.model) return null;
    const { totalBytes, freeBytes } = memory;
    return (
        <div className={styles.memory}>
            <MemoryBar
                name={chatWords.mainMemory}
                chamber={chamberNow(totalBytes, freeBytes, heldBytes, mainReserveBytes(totalBytes))}
                size="row"
            />
            <p>{chatWords.memoryInUse(heldBytes, freeBytes)}</p>
        </div>
    );
}
