const GAP_PIXELS = 6;
const EDGE_PIXELS = 8;

/**
 * Puts an open popover under what it belongs to, above where there is no room, never beyond the window's edges. Written
 * as `--card-top` and `--card-left`, so that a style sheet can place it otherwise in a narrow window.
 */
export function placeBeside(anchor: Element, card: HTMLElement): void {
    const beside = anchor.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const start = getComputedStyle(anchor).direction === "rtl" ? beside.right - width : beside.left;
    const left = Math.max(EDGE_PIXELS, Math.min(start, window.innerWidth - width - EDGE_PIXELS));
    const under = beside.bottom + GAP_PIXELS;
    const isRoomUnder = under + height <= window.innerHeight - EDGE_PIXELS;
    const top = isRoomUnder ? under : Math.max(EDGE_PIXELS, beside.top - GAP_PIXELS - height);
    card.style.setProperty("--card-top", `${top}px`);
    card.style.setProperty("--card-left", `${left}px`);
}
