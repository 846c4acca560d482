import type { Machine } from "#shared/schema/machine.ts";
import type { Known } from "#shared/schema/origin.ts";
import { words } from "../words/words.ts";
import { OriginMark } from "./OriginMark.tsx";
import styles from "./FactList.module.css";

type Fact = { name: string; strong: string; rest: string; from: Known<unknown> | null };

function factsOf(machine: Machine): Fact[] {
    const said = words.hardware;
    const gpu = machine.gpus[0];
    const bandwidth = machine.memory.measuredBandwidthBytesPerSecond ?? machine.memory.bandwidthBytesPerSecond;
    return [
        gpu
            ? {
                  name: said.gpu,
                  strong: gpu.name.value,
                  rest: said.gpuDetail(gpu.totalBytes.value, gpu.freeBytes.value, gpu.isUnified.value),
                  from: gpu.totalBytes,
              }
            : { name: said.gpu, strong: "", rest: said.noGpu, from: null },
        {
            name: said.memory,
            strong: said.memoryTotal(machine.memory.totalBytes.value),
            rest: said.memoryFree(machine.memory.freeBytes.value),
            from: machine.memory.totalBytes,
        },
        {
            name: said.bandwidth,
            strong: bandwidth ? said.perSecond(bandwidth.value) : "",
            rest: bandwidth ? "" : said.notYet,
            from: bandwidth,
        },
        {
            name: said.cpu,
            strong: machine.cpu.name.value,
            rest: said.cores(machine.cpu.physicalCores.value),
            from: machine.cpu.physicalCores,
        },
        {
            name: said.disk,
            strong: said.diskFree(machine.disk.freeBytes.value),
            rest: said.free,
            from: machine.disk.freeBytes,
        },
    ];
}

/** What was found, each value with how it is known. */
export const FactList = ({ machine }: { machine: Machine }) => (
    <dl className={styles.facts}>
        {factsOf(machine).map(({ name, strong, rest, from }) => (
            <div key={name}>
                <dt>{name}</dt>
                <dd>
                    <bdi>
                        <b>{strong}</b>
                        {rest}
                    </bdi>
                </dd>
                {from ? (
                    <dd>
                        <OriginMark origin={from.origin} />
                    </dd>
                ) : null}
            </div>
        ))}
    </dl>
);
