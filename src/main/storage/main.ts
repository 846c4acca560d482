import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { Failed, type Failure } from "#shared/schema/failure.ts";
import { createChats } from "./chats.ts";
import { type FromStorage, operations, type OperationName, ToStorage } from "./messages.ts";
import { isDamage, isFull, isReadOnly } from "./faults.ts";
import { openStore } from "./open-store.ts";
import { createRuns } from "./runs.ts";

const port = parentPort;
if (!port) throw new Error("the storage worker is started by the host");
const post = (message: FromStorage) => port.postMessage(message);

const { dataFolder } = z.object({ dataFolder: z.string() }).parse(workerData);
const { database, notices } = openStore(dataFolder, new Date());
const chats = createChats(database, Date.now);
const runs = createRuns(database);

type Handlers = { [Name in OperationName]: (input: z.infer<(typeof operations)[Name]>) => unknown };
const handlers: Handlers = {
    "chats.list": chats.list,
    "chats.get": chats.get,
    "chats.create": chats.create,
    "chats.rename": chats.rename,
    "chats.remove": chats.remove,
    "chats.restore": chats.restore,
    "chats.saveDraft": chats.saveDraft,
    "chats.addExchange": chats.addExchange,
    "chats.appendText": chats.appendText,
    "chats.finishAnswer": chats.finishAnswer,
    "chats.getMessage": chats.getMessage,
    "chats.readTurns": chats.readTurns,
    "measurements.add": runs.add,
    "measurements.list": runs.list,
};

function handle<Name extends OperationName>(name: Name, input: unknown): unknown {
    const parsed = operations[name].parse(input) as z.infer<(typeof operations)[Name]>;
    return database.transaction(() => handlers[name](parsed));
}

/** Damage that the start did not see: this worker is started anew, without a clean mark, and so checks, rescues and says so. */
function endIfDamaged(error: unknown): void {
    if (isDamage(error)) process.exit(1);
}

function toFailure(error: unknown): Failure {
    if (error instanceof Failed) return error.failure;
    if (isFull(error)) return { code: "DISK_FULL", data: { neededBytes: null, freeBytes: null } };
    if (isReadOnly(error)) return { code: "READ_ONLY", data: { what: "data" } };
    return { code: "UNEXPECTED", data: { reference: "storage" } };
}

try {
    database.transaction(() => chats.tidy());
} catch (error) {
    endIfDamaged(error);
    notices.push(toFailure(error));
}

port.on("message", (data: unknown) => {
    const parsed = ToStorage.safeParse(data);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === "close") {
        database.close();
        post({ kind: "closed" });
        port.close();
        return;
    }
    try {
        post({ kind: "answer", request: message.request, output: handle(message.operation, message.input) });
    } catch (error) {
        endIfDamaged(error);
        post({ kind: "failed", request: message.request, failure: toFailure(error) });
    }
});

post({ kind: "open", notices });
