import { Component, type ReactNode } from "react";

type Props = { fallback: ReactNode; children: ReactNode };

/** Shows `fallback` where the parser or a part below fails: one odd block never takes the message with it. */
export class MarkdownBoundary extends Component<Props, { hasFailed: boolean }> {
    override state = { hasFailed: false };

    static getDerivedStateFromError() {
        return { hasFailed: true };
    }

    override render() {
        return this.state.hasFailed ? this.props.fallback : this.props.children;
    }
}
