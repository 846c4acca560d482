import { words } from "../words/words.ts";

/** Rooms of the rail, in its order; only those that exist. */
export const rooms = [
    { id: "home", path: "/", words: words.frame.home, key: "1" },
    { id: "chat", path: "/chat", words: words.frame.chat, key: "3" },
] as const;
export type RoomId = (typeof rooms)[number]["id"];

/** The room that an address lies in; undefined: none. */
export function roomOf(path: string): RoomId | undefined {
    if (path === "/" || path === "/start") return "home";
    return path === "/chat" || path.startsWith("/chat/") ? "chat" : undefined;
}

/** What the window is called at an address. */
export function titleOf(path: string): string {
    if (path === "/start") return words.firstRun.pickTitle;
    if (path.startsWith("/gallery")) return words.frame.gallery;
    return rooms.find(({ id }) => id === roomOf(path))?.words ?? words.frame.notFound;
}
