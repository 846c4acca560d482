import { pseudo } from "./pseudo.ts";

const isPseudo = typeof window !== "undefined" && new URLSearchParams(window.location.search).has("pseudo");

/** Words as the window says them: `?pseudo` in its address shows them longer and accented. */
export const inLocale = <Words>(words: Words): Words => (isPseudo ? pseudo(words) : words);
