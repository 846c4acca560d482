import { Link } from "wouter";
import { words } from "../words/words.ts";
import { Components } from "./Components.tsx";
import { RoomInState } from "./RoomInState.tsx";
import { roomStates } from "./room-states.tsx";
import styles from "./Gallery.module.css";

/** What Hearth is made of, for screenshots and for axe: all components in both looks, and a page for each room's state. */
export function Gallery({ state }: { state: string | undefined }) {
    if (state) return <RoomInState key={state} name={state} />;
    return (
        <div className={styles.page}>
            <h1 tabIndex={-1}>{words.frame.gallery}</h1>
            <ul className={styles.row}>
                {Object.keys(roomStates).map((name) => (
                    <li key={name}>
                        <Link href={`/gallery/${name}`}>{name}</Link>
                    </li>
                ))}
            </ul>
            <div className={styles.looks}>
                <Components look="light" />
                <Components look="dark" />
            </div>
        </div>
    );
}
