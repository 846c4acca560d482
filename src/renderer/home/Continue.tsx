import { Link } from "wouter";
import type { ChatSummary } from "#shared/schema/chat.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { showControls } from "../ui/show-controls.ts";
import { words } from "../words/words.ts";
import styles from "./Home.module.css";

const SHOWN = 5;
type Props = {
    chats: ChatSummary[];
    /** The sentence about our pick; null: there is none. */
    pick: string | null;
    hasStarter: boolean;
    isOpening: boolean;
    onPractice: () => void;
    onBegin: () => void;
};

/** The last chats, or the way to the first one. */
export function Continue({ chats, pick, hasStarter, isOpening, onPractice, onBegin }: Props) {
    const said = words.home;
    const begun = chats.filter(({ messageCount }) => messageCount > 0).slice(0, SHOWN);
    return (
        <section className={styles.column} aria-labelledby="home-continue">
            <h2 id="home-continue">{said.continue}</h2>
            {begun.length > 0 ? (
                <>
                    <ul className={styles.chats}>
                        {begun.map(({ id, title }) => (
                            <li key={id}>
                                <Link href={`/chat/${id}`}>
                                    <bdi>{showControls(title)}</bdi>
                                </Link>
                            </li>
                        ))}
                    </ul>
                    <Button kind="primary" onPress={onBegin}>
                        {said.beginChat}
                    </Button>
                </>
            ) : (
                <EmptyState sentence={hasStarter ? said.practice : said.noChats}>
                    <Button kind="primary" isBusy={isOpening} onPress={onPractice}>
                        {hasStarter ? said.practiceBegin : words.firstRun.useFile}
                    </Button>
                </EmptyState>
            )}
            {pick ? (
                <p>
                    {pick} <Link href="/start">{said.seePick}</Link>
                </p>
            ) : null}
        </section>
    );
}
