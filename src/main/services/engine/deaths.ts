const WINDOW_MILLISECONDS = 120_000;
const MOST_DEATHS = 3;

/** Counts how often the engine died of itself. Three deaths in two minutes: it is not started again unasked. */
export function createDeathCount(now: () => number) {
    let times: number[] = [];
    const recent = () => times.filter((time) => now() - time < WINDOW_MILLISECONDS).length;
    return {
        add() {
            times = [...times.slice(-MOST_DEATHS), now()];
        },
        recent,
        hasGivenUp: () => recent() >= MOST_DEATHS,
        forget() {
            times = [];
        },
    };
}
