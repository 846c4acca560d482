import { z } from "zod";
import { AnswerStatistics, PredictedSpeed } from "#shared/schema/answer.ts";
import { FailureSchema } from "#shared/schema/failure.ts";
import { ChatId, MessageId, ModelId } from "#shared/schema/ids.ts";
import { Measurement } from "#shared/schema/measurement.ts";

const chat = z.object({ chatId: ChatId });
const message = z.object({ messageId: MessageId });

/** What the storage worker may be asked, by name. The answers' shapes are those of services/storage/storage.ts. */
export const operations = {
    "chats.list": z.object({ limit: z.number().int().positive() }),
    "chats.get": chat,
    "chats.create": z.object({}),
    "chats.rename": chat.extend({ title: z.string().min(1).max(200) }),
    "chats.remove": chat,
    "chats.restore": chat,
    "chats.saveDraft": chat.extend({ text: z.string() }),
    "chats.addExchange": chat.extend({
        text: z.string().min(1),
        modelId: ModelId,
        modelName: z.string().max(200),
        predicted: PredictedSpeed.nullable(),
    }),
    "chats.appendText": message.extend({ text: z.string() }),
    "chats.finishAnswer": message.extend({
        state: z.enum(["complete", "stopped", "failed", "cut"]),
        statistics: AnswerStatistics.nullable(),
        failure: FailureSchema.nullable(),
    }),
    "chats.getMessage": message,
    "chats.readTurns": chat,
    "measurements.add": Measurement,
    "measurements.list": z.object({ modelId: ModelId.nullable() }),
} as const;
export type OperationName = keyof typeof operations;
export type OperationInput<Name extends OperationName> = z.infer<(typeof operations)[Name]>;

const names = Object.keys(operations) as [OperationName, ...OperationName[]];

export const ToStorage = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("ask"), request: z.number(), operation: z.enum(names), input: z.unknown() }),
    z.object({ kind: z.literal("close") }),
]);
export type ToStorage = z.infer<typeof ToStorage>;

export const FromStorage = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("open"), notices: z.array(FailureSchema) }),
    z.object({ kind: z.literal("answer"), request: z.number(), output: z.unknown() }),
    z.object({ kind: z.literal("failed"), request: z.number(), failure: FailureSchema }),
    z.object({ kind: z.literal("closed") }),
]);
export type FromStorage = z.infer<typeof FromStorage>;
