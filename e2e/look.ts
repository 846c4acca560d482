import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const looks = [
    { name: "light", colorScheme: "light" },
    { name: "dark", colorScheme: "dark" },
] as const;
const WIDE = { width: 1280, height: 800 };
const sizes = [WIDE, { width: 480, height: 900 }];
/** A narrow browser (WCAG 1.4.10), and what a window of 1280 by 800 has left of its pixels at 200 % zoom (1.4.4). */
const tight = [
    { width: 320, height: 700 },
    { width: 640, height: 400 },
];

const sideways = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function expectNoFinding(page: Page, name: string): Promise<void> {
    // React Aria keeps what it has just spoken for seconds, named by a button that may be gone since.
    await expect(page.locator("[data-live-announcer] [aria-labelledby]")).toHaveCount(0, { timeout: 10_000 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(", ")}`),
        name,
    ).toEqual([]);
}

/** The screen by axe in light and dark, with screenshots; nothing moves with reduced motion; nothing scrolls sideways. */
export async function lookAt(page: Page, name: string): Promise<void> {
    for (const { name: look, colorScheme } of looks) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await expectNoFinding(page, `${name}, ${look}`);
        for (const size of sizes) {
            await page.setViewportSize(size);
            await page.screenshot({ path: `test-results/screens/${name}-${look}-${size.width}.png` });
        }
        await page.setViewportSize(WIDE);
    }
    const moving = await page.evaluate(() =>
        document
            .getAnimations()
            .filter(
                ({ effect, playState }) => playState === "running" && Number(effect?.getComputedTiming().duration) > 0,
            )
            .map(({ effect }) => (effect instanceof KeyframeEffect ? effect.target?.className : "")),
    );
    expect(moving, `${name} moves with reduced motion`).toEqual([]);
    await expectNoSideways(page, name);
}

/** Narrow, zoomed and mirrored, the screen fits its width. */
export async function expectNoSideways(page: Page, name: string): Promise<void> {
    for (const direction of ["ltr", "rtl"]) {
        await page.evaluate((dir) => (document.documentElement.dir = dir), direction);
        for (const size of tight) {
            await page.setViewportSize(size);
            expect(
                await sideways(page),
                `${name}, ${direction}, ${size.width} px: scrolls sideways`,
            ).toBeLessThanOrEqual(0);
        }
    }
    await page.evaluate(() => document.documentElement.removeAttribute("dir"));
    await page.setViewportSize(WIDE);
}

/** What has the focus: its name; "" for nothing. With a fault where it cannot be seen. */
const lookAtFocus = (page: Page): Promise<{ name: string; fault: string | null }> =>
    page.evaluate(() => {
        const focused = document.activeElement;
        if (!(focused instanceof HTMLElement) || focused === document.body) return { name: "", fault: null };
        const name = `${focused.tagName} ${focused.getAttribute("aria-label") ?? focused.textContent.slice(0, 40)}`;
        const { left, top, width, height } = focused.getBoundingClientRect();
        const hit = document.elementFromPoint(
            Math.min(Math.max(left + width / 2, 0), innerWidth - 1),
            Math.min(Math.max(top + Math.min(height / 2, 20), 0), innerHeight - 1),
        );
        if (!hit || !(focused.contains(hit) || hit.contains(focused))) return { name, fault: `${name}: hidden` };
        // A field shows its focus on the box around it; both are compared with what they are without the focus.
        const around = [focused, focused.parentElement, focused.parentElement?.parentElement].filter((each) => !!each);
        const paint = () =>
            around
                .map((each) => getComputedStyle(each))
                .map(({ outlineStyle, outlineWidth, borderStyle, borderWidth, borderColor, boxShadow }) => {
                    const hasEdge = borderStyle !== "none" && parseFloat(borderWidth) > 0;
                    return [
                        outlineStyle === "none" ? "" : `${outlineStyle} ${outlineWidth}`,
                        hasEdge ? `${borderWidth} ${borderColor}` : "",
                        boxShadow,
                    ].join();
                })
                .join();
        const before = paint();
        focused.blur();
        const after = paint();
        focused.focus({ preventScroll: true });
        return { name, fault: before === after ? `${name}: no ring` : null };
    });

/** Walks the screen by Tab until it comes round; every stop must be seen. Returns how many there were. */
async function walk(page: Page, name: string): Promise<number> {
    const seen = new Set<string>();
    const faults: string[] = [];
    for (let step = 0; step < 80; step++) {
        await page.keyboard.press("Tab");
        const { name: stop, fault } = await lookAtFocus(page);
        if (fault) faults.push(fault);
        // The way from the last control to the first leads over the browser's own.
        if (stop === "" || (seen.has(stop) && step > 3 && [...seen][0] === stop)) break;
        seen.add(stop);
    }
    expect(faults, `${name}: focus that cannot be seen`).toEqual([]);
    return seen.size;
}

/** Every stop of the keyboard is seen. */
export async function walkThrough(page: Page, name: string): Promise<void> {
    await page.emulateMedia({ forcedColors: "none", colorScheme: "light", reducedMotion: "reduce" });
    expect(await walk(page, name)).toBeGreaterThan(0);
}

/**
 * Forced colours take shadows and backgrounds away: what is drawn by a background alone (bars, marks) must be drawn there
 * too, and every stop of the keyboard be seen.
 */
export async function forceColours(page: Page, name: string): Promise<void> {
    await page.emulateMedia({ forcedColors: "none", colorScheme: "light", reducedMotion: "reduce" });
    await page.evaluate(() => {
        const isPainted = (colour: string) => colour !== "transparent" && !/[,/] ?0\)$/.test(colour);
        const marks = [...document.querySelectorAll("#root *, dialog *")].filter((each) => {
            const { width, height } = each.getBoundingClientRect();
            return (
                each instanceof HTMLElement &&
                each.childElementCount === 0 &&
                each.textContent === "" &&
                width > 2 &&
                height > 2 &&
                getComputedStyle(each).visibility === "visible" &&
                isPainted(getComputedStyle(each).backgroundColor)
            );
        });
        Reflect.set(window, "marks", marks);
    });
    await page.emulateMedia({ forcedColors: "active" });
    await page.screenshot({ path: `test-results/screens/${name}-forced.png` });
    const gone = await page.evaluate(() =>
        (Reflect.get(window, "marks") as HTMLElement[])
            .filter((each) => {
                const paint = getComputedStyle(each);
                const hasEdge = paint.borderStyle !== "none" && parseFloat(paint.borderWidth) > 0;
                return !hasEdge && paint.backgroundImage === "none" && paint.forcedColorAdjust !== "none";
            })
            .map((each) => each.outerHTML.slice(0, 120)),
    );
    expect(gone, `${name}: gone in forced colours`).toEqual([]);
    await walk(page, `${name}, forced colours`);
    await page.emulateMedia({ forcedColors: "none" });
}
