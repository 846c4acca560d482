// Cost of the estimator and of the whole catalog's verdicts: node bench/domain.ts [--json]
// (issue 1: at most 50 µs a call on a ready shape, at most 16 ms for the catalog).
import path from "node:path";
import { createDataFiles } from "#main/services/models/catalog.ts";
import { estimateMemory } from "#shared/domain/fit/estimate.ts";
import { bestSettings, judge } from "#shared/domain/fit/verdict.ts";
import { desktop3060 } from "#shared/domain/machines.fixtures.ts";
import { recommend } from "#shared/domain/recommend.ts";
import { predictDecode } from "#shared/domain/speed/predict-decode.ts";

const files = createDataFiles({
    resourcesFolder: path.resolve(import.meta.dirname, "../resources"),
    catalogFile: null,
});
const [{ models }, speedModel] = await Promise.all([files.loadCatalog(), files.loadSpeedModel()]);
const shapes = models.flatMap(({ shape }) => (shape ? [shape] : []));
const settings = shapes.map((shape) => bestSettings(desktop3060, shape, 8192));

const median = (values: number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Median of 25 rounds over every shape after 5 that warm up, in microseconds a call. */
function microsecondsPerCall(call: (index: number) => unknown): number {
    const round = () => {
        const begun = performance.now();
        for (let index = 0; index < shapes.length; index += 1) call(index);
        return ((performance.now() - begun) * 1000) / shapes.length;
    };
    for (let warm = 0; warm < 5; warm += 1) round();
    return median(Array.from({ length: 25 }, round));
}

/** First and median time of the pick over the whole catalog, in milliseconds. */
function catalogMilliseconds() {
    const once = () => {
        const begun = performance.now();
        recommend(desktop3060, models, speedModel, []);
        return performance.now() - begun;
    };
    const first = once();
    return { first, median: median(Array.from({ length: 25 }, once)) };
}

/** Verdict with settings for every model of the catalog, ranked or not. */
function allVerdictsMilliseconds(): number {
    const round = () => {
        const begun = performance.now();
        for (const shape of shapes) judge(desktop3060, shape, bestSettings(desktop3060, shape, 8192), speedModel);
        return performance.now() - begun;
    };
    round();
    return median(Array.from({ length: 25 }, round));
}

const catalog = catalogMilliseconds();
const at = <Value>(list: Value[], index: number): Value => {
    const value = list[index];
    if (value === undefined) throw new Error("out of range");
    return value;
};
const results = {
    pickFirstMilliseconds: catalog.first,
    pickMilliseconds: catalog.median,
    allVerdictsMilliseconds: allVerdictsMilliseconds(),
    estimateMicroseconds: microsecondsPerCall((index) => estimateMemory(at(shapes, index), at(settings, index))),
    decodeMicroseconds: microsecondsPerCall((index) =>
        predictDecode(desktop3060, at(shapes, index), at(settings, index), speedModel),
    ),
    verdictMicroseconds: microsecondsPerCall((index) =>
        judge(desktop3060, at(shapes, index), at(settings, index), speedModel),
    ),
};
if (process.argv.includes("--json")) console.log(JSON.stringify(results));
else
    for (const [name, value] of Object.entries(results))
        console.log(`${name.padEnd(26)} ${value.toFixed(value < 1 ? 3 : 1)}`);
