import { ShieldCheck } from "lucide-react";
import type { EngineState } from "#shared/schema/engine.ts";
import type { MemoryNow } from "#shared/schema/machine.ts";
import { Fire } from "../ui/Fire.tsx";
import { fires } from "../ui/fires.ts";
import { words } from "../words/words.ts";
import styles from "./HearthLine.module.css";

function say(engine: EngineState | undefined): string {
    const said = words.frame.fire;
    if (!engine || engine.phase === "none" || !engine.model) return said.none;
    if (engine.phase === "stopped") return said.stopped;
    const { name } = engine.model;
    return engine.phase === "loading" ? said.loading(name, engine.progress) : said[engine.phase](name);
}

type HearthLineProps = {
    engine: EngineState | undefined;
    memory: MemoryNow | undefined;
    connections: number | undefined;
};

/** The foot of every screen: what is alive, what memory is free, what has been sent. */
export function HearthLine({ engine, memory, connections }: HearthLineProps) {
    const fire = engine ? fires[engine.phase] : "out";
    return (
        <footer
            className={styles.line}
            data-fire={fire}
            data-region=""
            tabIndex={-1}
            aria-label={words.frame.hearthLine}
        >
            <span className={styles.part}>
                <Fire state={fire} />
                <bdi className={styles.model}>{say(engine)}</bdi>
            </span>
            {memory ? (
                <span className={styles.part} data-wide="">
                    <bdi>{words.frame.memoryFree(memory.freeBytes, memory.totalBytes)}</bdi>
                </span>
            ) : null}
            <span className={styles.part} data-end="">
                <ShieldCheck aria-hidden="true" size={15} strokeWidth={1.6} />
                <bdi>{connections ? words.frame.connections(connections) : words.frame.nothingSent}</bdi>
            </span>
        </footer>
    );
}
