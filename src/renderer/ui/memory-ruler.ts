const GiB = 2 ** 30;
/** More numbers than this stand too close in a narrow window. */
const MOST_NUMBERS = 8;

export type RulerTick = { gibibytes: number; /** 0 to 1 along the bar. */ position: number; hasNumber: boolean };

/** Ticks of a memory: two for each number, a number each 2 GiB of a 12 GiB card, further apart where it is larger. */
export function rulerTicks(totalBytes: number): RulerTick[] {
    const total = totalBytes / GiB;
    if (!(total > 0)) return [];
    const step = 2 ** Math.ceil(Math.log2(total / MOST_NUMBERS));
    return Array.from({ length: Math.floor((2 * total) / step) + 1 }, (_, index) => {
        const gibibytes = (index * step) / 2;
        return { gibibytes, position: gibibytes / total, hasNumber: index % 2 === 0 };
    });
}
