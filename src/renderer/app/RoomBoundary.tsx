import { Component, type ReactNode } from "react";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { words } from "../words/words.ts";
import styles from "./Room.module.css";

type Props = { children: ReactNode };

/** A room that breaks is said so in its place; the frame and the other rooms go on. Keyed by room. */
export class RoomBoundary extends Component<Props, { isBroken: boolean }> {
    override state = { isBroken: false };

    static getDerivedStateFromError() {
        return { isBroken: true };
    }

    override render() {
        if (!this.state.isBroken) return this.props.children;
        return (
            <div className={styles.page}>
                <Notice
                    kind="no"
                    action={
                        <Button onPress={() => this.setState({ isBroken: false })}>{words.frame.brokenButton}</Button>
                    }
                >
                    {words.frame.broken}
                </Notice>
            </div>
        );
    }
}
