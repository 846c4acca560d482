import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import styles from "./Button.module.css";

type Props = Omit<ButtonProps, "className" | "style"> & {
    kind?: "primary" | "normal" | "quiet";
    size?: "normal" | "large";
};

/** Verb and object. One primary button a view. */
export const Button = ({ kind = "normal", size = "normal", ...props }: Props) => (
    <AriaButton {...props} className={styles.button ?? ""} data-kind={kind} data-size={size} />
);
