import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import styles from "./Button.module.css";

type Props = Omit<ButtonProps, "className" | "style" | "isPending"> & {
    kind?: "primary" | "normal" | "quiet" | "danger";
    size?: "normal" | "large" | "small";
    /** Stays in the tab order and says that it works; presses are ignored. */
    isBusy?: boolean;
};

/** Verb and object. One primary button a view. */
export const Button = ({ kind = "normal", size = "normal", isBusy = false, ...props }: Props) => (
    <AriaButton {...props} isPending={isBusy} className={styles.button ?? ""} data-kind={kind} data-size={size} />
);
