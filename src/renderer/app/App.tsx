import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { Route, Switch, useLocation } from "wouter";
import { Chat } from "../chat/Chat.tsx";
import { FirstRun } from "../first-run/FirstRun.tsx";
import { Home } from "../home/Home.tsx";
import { ArchMark } from "../ui/ArchMark.tsx";
import { words } from "../words/words.ts";
import { frameCommands, type KeyHint } from "./commands.ts";
import type { Connection } from "./connect.ts";
import { DescribedStrip } from "./DescribedStrip.tsx";
import { FailureNotice } from "./FailureNotice.tsx";
import { HearthLine } from "./HearthLine.tsx";
import { KeysDialog } from "./KeysDialog.tsx";
import { LineNotice } from "./LineNotice.tsx";
import { NotFound } from "./NotFound.tsx";
import { Notices } from "./Notices.tsx";
import { useEngineState, useMemoryNow, useSettings, useStatus } from "./queries.ts";
import { RoomBoundary } from "./RoomBoundary.tsx";
import { RoomNav } from "./RoomNav.tsx";
import { roomOf, titleOf } from "./routes.ts";
import { listKeys, useCommands } from "./use-commands.ts";
import { useLook } from "./use-look.ts";
import { useRoomChange } from "./use-room-change.ts";
import styles from "./App.module.css";

/** Not part of the product: fetched only where it is looked at. */
const Gallery = lazy(() => import("../gallery/Gallery.tsx").then((module) => ({ default: module.Gallery })));
const hasGallery = import.meta.env.DEV || new URLSearchParams(window.location.search).has("gallery");

/** The frame: title bar, rail, room, hearth line. */
export function App({ connection }: { connection: Connection }) {
    const [path, navigate] = useLocation();
    const [keys, setKeys] = useState<KeyHint[]>();
    const line = useSyncExternalStore(connection.subscribe, connection.status);
    const settings = useSettings();
    const status = useStatus();
    const engine = useEngineState();
    const memory = useMemoryNow();
    const commands = frameCommands({ go: navigate, showKeys: () => setKeys(listKeys()) });
    useCommands(commands);
    useLook(settings.data?.settings);

    const isFirstRun = (path === "/start" || path === "/") && settings.data?.settings.hasFinishedFirstRun === false;
    const room = roomOf(path);
    const roomTitle = isFirstRun ? words.firstRun.title : titleOf(path);
    const roomKey = isFirstRun ? "first-run" : path === "/start" ? "start" : (room ?? path);
    useRoomChange(roomTitle, roomKey);

    return (
        <div className={styles.window} data-first-run={isFirstRun || undefined}>
            <header className={styles.bar} data-region="" tabIndex={-1} aria-label={words.frame.titleBar}>
                <span className={styles.brand}>
                    <ArchMark />
                    {words.frame.brand}
                </span>
            </header>
            {isFirstRun ? null : <RoomNav current={room} />}
            <main className={styles.room} data-region="" tabIndex={-1} aria-label={roomTitle}>
                <LineNotice line={line} />
                <DescribedStrip />
                <Notices failures={status.data?.notices ?? []} />
                <div className={styles.content}>
                    <RoomBoundary key={roomKey}>
                        {settings.isError ? (
                            <FailureNotice error={settings.error} onAct={() => void settings.refetch()} />
                        ) : settings.data ? (
                            <Switch>
                                <Route path="/">{isFirstRun ? <FirstRun isAgain={false} /> : <Home />}</Route>
                                <Route path="/start">
                                    <FirstRun isAgain={!isFirstRun} />
                                </Route>
                                <Route path="/chat/:chatId?" component={Chat} />
                                {hasGallery ? (
                                    <Route path="/gallery/:state?">
                                        {({ state }) => (
                                            <Suspense fallback={null}>
                                                <Gallery state={state} />
                                            </Suspense>
                                        )}
                                    </Route>
                                ) : null}
                                <Route component={NotFound} />
                            </Switch>
                        ) : (
                            <p className={styles.starting} role="status">
                                {words.frame.starting}
                            </p>
                        )}
                    </RoomBoundary>
                </div>
            </main>
            <HearthLine engine={engine} memory={memory} connections={status.data?.connections} />
            {keys ? <KeysDialog keys={keys} onClose={() => setKeys(undefined)} /> : null}
        </div>
    );
}
