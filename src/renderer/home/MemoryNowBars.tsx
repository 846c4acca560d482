import { gpuReserveBytes, mainReserveBytes } from "#shared/domain/fit/pools.ts";
import type { Machine, MemoryNow } from "#shared/schema/machine.ts";
import { MemoryBar } from "../ui/MemoryBar.tsx";
import { chamberNow } from "../ui/memory-segments.ts";
import { words } from "../words/words.ts";
import styles from "./Home.module.css";

type Props = { machine: Machine; memory: MemoryNow | undefined; modelBytes: number };

/** What uses the memories of this computer at this moment. */
export function MemoryNowBars({ machine, memory, modelBytes }: Props) {
    const said = words.home;
    const totalBytes = machine.memory.totalBytes.value;
    // A live figure from before a correction is of another memory; the next one comes within seconds.
    const freeBytes = memory?.totalBytes === totalBytes ? memory.freeBytes : machine.memory.freeBytes.value;
    const card = machine.gpus[0];
    return (
        <div className={styles.bars}>
            {card && !card.isUnified.value ? (
                <div>
                    <p>{said.memoryOf(said.gpuMemory)}</p>
                    <MemoryBar
                        name={said.gpuMemory}
                        chamber={chamberNow(
                            memory?.gpuTotalBytes ?? card.totalBytes.value,
                            memory?.gpuFreeBytes ?? card.freeBytes.value,
                            0,
                            gpuReserveBytes(card),
                        )}
                        hasRuler
                        legend="figures"
                    />
                </div>
            ) : null}
            <div>
                <p>{said.memoryOf(said.mainMemory)}</p>
                <MemoryBar
                    name={said.mainMemory}
                    chamber={chamberNow(totalBytes, freeBytes, modelBytes, mainReserveBytes(totalBytes))}
                    hasRuler
                    legend="figures"
                />
            </div>
        </div>
    );
}
