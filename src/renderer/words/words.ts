import { en, type Words } from "./en.ts";
import { locale } from "./figures.ts";
import { inLocale } from "./in-locale.ts";

export { locale };

/** The words of the window; `?pseudo` in its address shows them longer and accented. */
export const words: Words = inLocale(en);
