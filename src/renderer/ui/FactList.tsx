import type { Corrections, Machine } from "#shared/schema/machine.ts";
import type { Known } from "#shared/schema/origin.ts";
import { words } from "../words/words.ts";
import { OriginMark } from "./OriginMark.tsx";
import styles from "./FactList.module.css";

/** `putBack`: the corrections whose null takes the reader's values out of this line. */
type Fact = { name: string; strong: string; rest: string; from: Known<unknown> | null; putBack?: Corrections };

/** A value of the reader's where the line has one, else how its first value is known. */
const correctedOr = (first: Known<unknown>, ...others: (Known<unknown> | null)[]): Known<unknown> =>
    [first, ...others].find((known) => known?.origin === "corrected") ?? first;

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
                  from: correctedOr(gpu.totalBytes, gpu.isUnified, gpu.bandwidthBytesPerSecond),
                  putBack: { gpuTotalBytes: null, gpuIsUnified: null, gpuBandwidthBytesPerSecond: null },
              }
            : { name: said.gpu, strong: "", rest: said.noGpu, from: null },
        {
            name: said.memory,
            strong: said.memoryTotal(machine.memory.totalBytes.value),
            rest: said.memoryFree(machine.memory.freeBytes.value),
            from: machine.memory.totalBytes,
            putBack: { memoryTotalBytes: null },
        },
        {
            name: said.bandwidth,
            strong: bandwidth ? said.perSecond(bandwidth.value) : "",
            rest: bandwidth ? "" : said.notYet,
            from: bandwidth,
            putBack: { memoryBandwidthBytesPerSecond: null },
        },
        {
            name: said.cpu,
            strong: machine.cpu.name.value,
            rest: said.cores(machine.cpu.physicalCores.value),
            from: machine.cpu.physicalCores,
            putBack: { cpuPhysicalCores: null },
        },
        {
            name: said.disk,
            strong: said.diskFree(machine.disk.freeBytes.value),
            rest: said.free,
            from: machine.disk.freeBytes,
        },
    ];
}

type Props = { machine: Machine; onPutBack?: (corrections: Corrections) => void };

/** What was found, each value with how it is known; the reader's own can be taken back in place. */
export const FactList = ({ machine, onPutBack }: Props) => (
    <dl className={styles.facts}>
        {factsOf(machine).map(({ name, strong, rest, from, putBack }) => (
            <div key={name}>
                <dt>{name}</dt>
                <dd>
                    <bdi>
                        <b>{strong}</b>
                        {rest}
                    </bdi>
                </dd>
                {from ? (
                    <dd className={styles.from}>
                        <OriginMark origin={from.origin} />
                        {from.origin === "corrected" && putBack && onPutBack ? (
                            <button
                                type="button"
                                aria-label={words.hardware.putOursBackOf(name)}
                                onClick={() => onPutBack(putBack)}
                            >
                                {words.hardware.putOursBack}
                            </button>
                        ) : null}
                    </dd>
                ) : null}
            </div>
        ))}
    </dl>
);
