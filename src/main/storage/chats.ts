import { AnswerStatistics, PredictedSpeed } from "#shared/schema/answer.ts";
import { Chat, ChatSummary, Message, type Turn } from "#shared/schema/chat.ts";
import { Failed, FailureSchema } from "#shared/schema/failure.ts";
import type { ChatId, MessageId } from "#shared/schema/ids.ts";
import type { Database, Row } from "./driver.ts";
import type { OperationInput } from "./messages.ts";

const NEW_TITLE = "New chat";
/** Undo ends with the start that follows, ten seconds after the removal at the earliest. */
const UNDO_MILLISECONDS = 10_000;

const summarySelect = `
    select chat.id, chat.title, chat.updated_at as updatedAt, count(message.sequence) as messageCount,
        (select model_name from message where chat_id = chat.id and model_name is not null order by sequence desc limit 1) as modelName
    from chat left join message on message.chat_id = chat.id`;

const parseJson = (text: unknown): unknown => (typeof text === "string" ? JSON.parse(text) : null);

function toMessage(row: Row): Message {
    return Message.parse({
        id: row["id"],
        chatId: row["chat_id"],
        sequence: row["sequence"],
        role: row["role"],
        text: row["text"],
        state: row["state"],
        createdAt: row["created_at"],
        modelId: row["model_id"],
        modelName: row["model_name"],
        statistics: AnswerStatistics.nullable().catch(null).parse(parseJson(row["statistics"])),
        failure: FailureSchema.nullable().catch(null).parse(parseJson(row["failure"])),
        predicted: PredictedSpeed.nullable().catch(null).parse(parseJson(row["predicted"])),
    });
}

/** A new chat's title: the first line of its first question, at a word's end. */
export function titleFrom(text: string): string {
    const line = text.trim().split("\n", 1)[0]?.trim() ?? "";
    if (line.length <= 60) return line || NEW_TITLE;
    const cut = line.slice(0, 60);
    const lastSpace = cut.lastIndexOf(" ");
    return `${cut.slice(0, lastSpace > 30 ? lastSpace : 60)}…`;
}

/** Everything about chats. All statements run on the one connection, each operation in one transaction. */
export function createChats(database: Database, now: () => number) {
    const requireChat = (chatId: ChatId): void => {
        if (!database.one("select 1 from chat where id = ? and removed_at is null", chatId))
            throw new Failed({ code: "CHAT_MISSING", data: {} });
    };
    const summary = (chatId: ChatId): ChatSummary => {
        const row = database.one(`${summarySelect} where chat.id = ? and removed_at is null group by chat.id`, chatId);
        if (!row) throw new Failed({ code: "CHAT_MISSING", data: {} });
        return ChatSummary.parse(row);
    };
    const nextSequence = (): number =>
        Number(database.one("select max(updated_sequence) as last from chat")?.["last"] ?? 0) + 1;
    const touch = (chatId: ChatId): void => {
        database.run(
            "update chat set updated_sequence = ?, updated_at = ? where id = ?",
            nextSequence(),
            now(),
            chatId,
        );
    };
    const getMessage = (messageId: MessageId): Message => {
        const row = database.one("select * from message where id = ?", messageId);
        if (!row) throw new Failed({ code: "MESSAGE_MISSING", data: {} });
        return toMessage(row);
    };
    const addMessage = (message: {
        chatId: ChatId;
        role: string;
        text: string;
        state: string;
        modelId: string | null;
        modelName: string | null;
        predicted: PredictedSpeed | null;
    }): Message => {
        const id = crypto.randomUUID();
        database.run(
            "insert into message (id, chat_id, role, text, state, created_at, model_id, model_name, predicted) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            id,
            message.chatId,
            message.role,
            message.text,
            message.state,
            now(),
            message.modelId,
            message.modelName,
            message.predicted && JSON.stringify(message.predicted),
        );
        return getMessage(id as MessageId);
    };

    return {
        /** At each start: what was being written when Hearth ended is marked, what was removed before is deleted. */
        tidy(): void {
            database.run("update message set state = 'cut' where state = 'writing'");
            database.run("delete from chat where removed_at is not null and removed_at < ?", now() - UNDO_MILLISECONDS);
        },
        list: ({ limit }: OperationInput<"chats.list">): ChatSummary[] =>
            database
                .all(
                    `${summarySelect} where removed_at is null group by chat.id order by updated_sequence desc limit ?`,
                    limit,
                )
                .flatMap((row) => {
                    // A row out of a salvaged file may break a rule; it must not hide the others.
                    const parsed = ChatSummary.safeParse(row);
                    return parsed.success ? [parsed.data] : [];
                }),
        get({ chatId }: OperationInput<"chats.get">): Chat {
            const draft = database.one("select draft from chat where id = ?", chatId)?.["draft"];
            const messages = database
                .all("select * from message where chat_id = ? order by sequence", chatId)
                .map(toMessage);
            return { summary: summary(chatId), draft: typeof draft === "string" ? draft : "", messages };
        },
        create(): ChatSummary {
            const id = crypto.randomUUID() as ChatId;
            database.run(
                "insert into chat (id, title, updated_sequence, updated_at) values (?, ?, ?, ?)",
                id,
                NEW_TITLE,
                nextSequence(),
                now(),
            );
            return summary(id);
        },
        rename({ chatId, title }: OperationInput<"chats.rename">): ChatSummary {
            requireChat(chatId);
            database.run("update chat set title = ? where id = ?", title, chatId);
            return summary(chatId);
        },
        remove({ chatId }: OperationInput<"chats.remove">): void {
            requireChat(chatId);
            database.run("update chat set removed_at = ? where id = ?", now(), chatId);
        },
        restore({ chatId }: OperationInput<"chats.restore">): ChatSummary {
            database.run("update chat set removed_at = null where id = ?", chatId);
            return summary(chatId);
        },
        saveDraft({ chatId, text }: OperationInput<"chats.saveDraft">): void {
            requireChat(chatId);
            database.run("update chat set draft = ? where id = ?", text, chatId);
        },
        addExchange({ chatId, text, modelId, modelName, predicted }: OperationInput<"chats.addExchange">): {
            question: Message;
            answer: Message;
        } {
            requireChat(chatId);
            const isFirst = !database.one("select 1 from message where chat_id = ?", chatId);
            const question = addMessage({
                chatId,
                role: "user",
                text,
                state: "complete",
                modelId: null,
                modelName: null,
                predicted: null,
            });
            const answer = addMessage({
                chatId,
                role: "assistant",
                text: "",
                state: "writing",
                modelId,
                modelName,
                predicted,
            });
            // Only the draft that was sent: "ask again" must not take away what stands unsent in the field.
            database.run(
                "update chat set draft = '' where id = ?1 and draft = substr(?2, 1, length(draft))",
                chatId,
                text,
            );
            if (isFirst)
                database.run(
                    "update chat set title = ? where id = ? and title = ?",
                    titleFrom(text),
                    chatId,
                    NEW_TITLE,
                );
            touch(chatId);
            return { question, answer };
        },
        appendText({ messageId, text }: OperationInput<"chats.appendText">): void {
            const { changes } = database.run("update message set text = text || ? where id = ?", text, messageId);
            if (changes === 0) throw new Failed({ code: "MESSAGE_MISSING", data: {} });
        },
        finishAnswer({ messageId, state, statistics, failure }: OperationInput<"chats.finishAnswer">): void {
            const { changes } = database.run(
                "update message set state = ?, statistics = ?, failure = ? where id = ?",
                state,
                statistics && JSON.stringify(statistics),
                failure && JSON.stringify(failure),
                messageId,
            );
            if (changes === 0) throw new Failed({ code: "MESSAGE_MISSING", data: {} });
        },
        getMessage: ({ messageId }: OperationInput<"chats.getMessage">): Message => getMessage(messageId),
        /** Without answers that hold nothing: a model is never shown an empty turn of its own. */
        readTurns: ({ chatId }: OperationInput<"chats.readTurns">): Turn[] =>
            database
                .all("select role, text from message where chat_id = ? and text <> '' order by sequence", chatId)
                .map((row) => ({ role: row["role"] === "user" ? "user" : "assistant", text: String(row["text"]) })),
    };
}
