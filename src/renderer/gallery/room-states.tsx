import type { ReactNode } from "react";
import { answerOn, asHere, described, shippedCatalog } from "../app/room-machines.fixtures.ts";
import { localModel, type RoomScript } from "../app/scripted-rooms.fixtures.ts";
import { FirstRun } from "../first-run/FirstRun.tsx";
import { Home } from "../home/Home.tsx";

type RoomState = { script: RoomScript; room: ReactNode };

const starter = localModel("starter", { name: "SmolLM2 135M", isStarter: true });
const desktop = asHere(described.desktop);
const laptop = asHere(described.laptop);
const usual: RoomScript = { machine: desktop, catalog: shippedCatalog, models: [starter] };
const tiny = {
    ...laptop,
    memory: { ...laptop.memory, freeBytes: { ...laptop.memory.freeBytes, value: 600 * 2 ** 20 } },
};
const unmeasured = {
    ...laptop,
    memory: { ...laptop.memory, bandwidthBytesPerSecond: null, measuredBandwidthBytesPerSecond: null },
};
const chats = ["Sourdough smells of vinegar", "What is an LLM?"].map((title, index) => ({
    id: `c${index}` as never,
    title,
    updatedAt: 0,
    messageCount: 2,
    modelName: "SmolLM2 135M",
}));
const damaged = { code: "CATALOG_DAMAGED", data: { field: "models.3.name" } } as const;
const unread = { code: "MACHINE_DAMAGED", data: { field: "memory.totalBytes" } } as const;

const firstRun = (changes: Partial<RoomScript> = {}, isAgain = false): RoomState => ({
    script: { ...usual, ...changes },
    room: <FirstRun isAgain={isAgain} />,
});
const home = (changes: Partial<RoomScript> = {}): RoomState => ({
    script: { ...usual, hasFinishedFirstRun: true, ...changes },
    room: <Home />,
});
const manyAnswers = Array.from({ length: 12 }, (_, index) => answerOn(desktop, 88 + 3 * ((index * 5) % 12)));

/** First run and home in every state, by the address `/gallery/<name>`. The host is scripted, the figures are computed. */
export const roomStates: Record<string, RoomState> = {
    "first-run": firstRun(),
    "first-run-scanning": firstRun({ machine: "never" }),
    "first-run-measuring": firstRun({ machine: unmeasured }),
    "first-run-described": firstRun({ machine: described.desktop }),
    "first-run-card-taken": firstRun({ machine: asHere(described.cardTaken) }),
    "first-run-unknown-card": firstRun({ machine: asHere(described.unknownCard) }),
    "first-run-shared-memory": firstRun({ machine: asHere(described.apu) }),
    "first-run-container": firstRun({ machine: asHere(described.container) }),
    "first-run-unified": firstRun({ machine: asHere(described.apple16) }),
    "first-run-nothing-fits": firstRun({ machine: tiny }),
    "first-run-changed": firstRun({ machine: laptop, runs: [answerOn(laptop, 30)] }),
    "first-run-again": firstRun({}, true),
    "first-run-no-starter": firstRun({ models: [], starterMissing: "set-up could not reach it." }),
    "first-run-not-scanned": firstRun({ machine: unread }),
    "first-run-no-catalog": firstRun({ catalog: damaged }),
    home: home({ chats, runs: [answerOn(desktop, 110)] }),
    "home-empty": home(),
    "home-scanning": home({ machine: "never" }),
    "home-described": home({ machine: described.desktop }),
    "home-changed": home({ machine: laptop, runs: [answerOn(laptop, 30)] }),
    "home-many-answers": home({ chats, runs: manyAnswers }),
    "home-nothing-fits": home({ machine: tiny }),
    "home-no-starter": home({ models: [], starterMissing: "set-up could not reach it." }),
    "home-not-scanned": home({ machine: unread }),
    "home-no-catalog": home({ catalog: damaged }),
    "home-no-chats-read": home({ chats: { code: "STORAGE_DIED", data: {} } }),
};
