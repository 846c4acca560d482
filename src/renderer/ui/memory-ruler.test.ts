import { expect, test } from "vitest";
import { rulerTicks } from "./memory-ruler.ts";

const GiB = 2 ** 30;
const numbers = (gibibytes: number) =>
    rulerTicks(gibibytes * GiB)
        .filter(({ hasNumber }) => hasNumber)
        .map((tick) => tick.gibibytes);

test("a 12 GiB card has a tick a GiB and a number every second", () => {
    const ticks = rulerTicks(12 * GiB);
    expect(ticks.map(({ gibibytes }) => gibibytes)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(numbers(12)).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(ticks.at(3)?.position).toBe(0.25);
});

test("numbers never crowd, whatever the memory, and end within it", () => {
    expect(numbers(0.5)).toEqual([0, 0.0625, 0.125, 0.1875, 0.25, 0.3125, 0.375, 0.4375, 0.5]);
    expect(numbers(23.54)).toEqual([0, 4, 8, 12, 16, 20]);
    expect(numbers(512)).toEqual([0, 64, 128, 192, 256, 320, 384, 448, 512]);
    expect(rulerTicks(0)).toEqual([]);
});
