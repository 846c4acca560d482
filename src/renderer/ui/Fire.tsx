import styles from "./Fire.module.css";

export type FireState = "out" | "loading" | "lit" | "writing";

/** The dot of the hearth line; the words beside it say the same. */
export const Fire = ({ state }: { state: FireState }) => <span className={styles.fire} data-state={state} />;
