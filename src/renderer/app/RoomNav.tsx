import { MessageSquare } from "lucide-react";
import { Link } from "wouter";
import { HomeIcon } from "../ui/HomeIcon.tsx";
import { words } from "../words/words.ts";
import { type RoomId, rooms } from "./routes.ts";
import styles from "./RoomNav.module.css";

const icons = {
    home: <HomeIcon />,
    chat: <MessageSquare aria-hidden="true" size={21} strokeWidth={1.5} />,
} as const;

/** The rail; below 640 px the tab bar. */
export const RoomNav = ({ current }: { current: RoomId | undefined }) => (
    <nav className={styles.nav} aria-label={words.frame.rooms} data-region="" tabIndex={-1}>
        {rooms.map((room) => (
            <Link
                key={room.id}
                href={room.path}
                className={styles.room ?? ""}
                aria-current={room.id === current ? "page" : undefined}
                aria-keyshortcuts={`Control+${room.key}`}
            >
                {icons[room.id]}
                {room.words}
            </Link>
        ))}
    </nav>
);
