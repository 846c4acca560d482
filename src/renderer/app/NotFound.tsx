import { Link } from "wouter";
import { words } from "../words/words.ts";
import styles from "./Room.module.css";

/** An address that leads nowhere. */
export const NotFound = () => (
    <div className={styles.page}>
        <h1 tabIndex={-1}>{words.frame.noPage}</h1>
        <Link href="/">{words.frame.goHome}</Link>
    </div>
);
