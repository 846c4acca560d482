import type { Api } from "#shared/contract/contract.ts";
import type { EngineState } from "#shared/schema/engine.ts";
import type { ChatId } from "#shared/schema/ids.ts";
import { chatWords } from "../words/chat.ts";
import { Conversation } from "./Conversation.tsx";
import { FailureLine } from "./FailureLine.tsx";
import { useChat } from "./queries.ts";
import styles from "./Chat.module.css";

type Props = {
    chatId: ChatId;
    phase: EngineState["phase"] | undefined;
    models: Awaited<ReturnType<Api["models"]["list"]>> | undefined;
};

/** Fetches one chat; says so where that takes time, fails, or no model is here to chat with. */
export function OpenChat({ chatId, phase, models }: Props) {
    const chat = useChat(chatId);
    if (chat.data) {
        const [first, ...others] = models?.models ?? [];
        return (
            <>
                {models && !first ? (
                    <p className={styles.strip}>
                        {chatWords.modelNeeded} {models.starterMissing}
                    </p>
                ) : null}
                <Conversation
                    chat={chat.data}
                    phase={phase}
                    isPracticeOnly={first?.isStarter === true && others.length === 0}
                />
            </>
        );
    }
    if (chat.error)
        return (
            <div className={styles.told}>
                <FailureLine error={chat.error} onAgain={() => void chat.refetch()} />
            </div>
        );
    return <p className={styles.wait}>{chatWords.loadingChats}</p>;
}
