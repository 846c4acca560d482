import { memo } from "react";
import { showControls } from "./show-controls.ts";
import styles from "./Pieces.module.css";

/** Lines of one piece. */
const PIECE_LINES = 100;

/** A long plain text in pieces of whole lines, so that what is added at its end lays out only the last of them. */
export function Pieces({ text }: { text: string }) {
    // A piece is known by its place: text only ever grows at the end.
    return splitLines(text).map((piece, index) => <Piece key={index} text={piece} />);
}

/** Memoised by hand: the compiler keeps no result per item of a list. */
const Piece = memo(function Piece({ text }: { text: string }) {
    return <span className={styles.piece}>{showControls(text)}</span>;
});

/** The pieces joined are the text. */
function splitLines(text: string): string[] {
    const pieces: string[] = [];
    let start = 0;
    let lines = 0;
    for (let newline = text.indexOf("\n"); newline !== -1; newline = text.indexOf("\n", newline + 1)) {
        lines++;
        if (lines % PIECE_LINES !== 0) continue;
        pieces.push(text.slice(start, newline + 1));
        start = newline + 1;
    }
    if (start < text.length) pieces.push(text.slice(start));
    return pieces;
}
