/** `tabIndex` of what scrolls by itself: without it the keyboard could not reach the rest (WCAG 2.1.1). */
export const SCROLLABLE = 0;
