import styles from "./Skeleton.module.css";

/** Holds the place of what is being read; the words say what it is. */
export const Skeleton = ({ children }: { children: string }) => (
    <p className={styles.skeleton} role="status">
        {children}
    </p>
);
