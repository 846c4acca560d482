export type Duration = { value: number; unit: "seconds" | "minutes" | "hours" };

/** A length of time as it is said: whole seconds up to two minutes, then minutes, from two hours on hours. Milliseconds in. */
export function roundDuration(milliseconds: number): Duration {
    const seconds = milliseconds / 1000;
    if (seconds < 119.5)
        return { value: seconds < 1 ? Math.round(seconds * 10) / 10 : Math.round(seconds), unit: "seconds" };
    const minutes = Math.round(seconds / 60);
    return minutes < 120 ? { value: minutes, unit: "minutes" } : { value: Math.round(minutes / 60), unit: "hours" };
}

/** How long a file takes on a line of so many megabits a second, in milliseconds. */
export const downloadMilliseconds = (bytes: number, megabitsPerSecond: number): number =>
    (bytes * 8) / (megabitsPerSecond * 1000);
