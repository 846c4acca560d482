/**
 * Threads for the engine before any are measured: two slow each other down on two cores (stack.md 5.1), elsewhere one a
 * physical core.
 */
export const goodThreads = (physicalCores: number): number => (physicalCores <= 2 ? 1 : physicalCores);
