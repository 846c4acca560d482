import { en, type Words } from "./en.ts";
import { locale } from "./figures.ts";
import { pseudo } from "./pseudo.ts";

export { locale };

const isPseudo = typeof window !== "undefined" && new URLSearchParams(window.location.search).has("pseudo");
/** The words of the window; `?pseudo` in its address shows them longer and accented. */
export const words: Words = isPseudo ? pseudo(en) : en;
