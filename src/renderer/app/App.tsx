import { useState, useSyncExternalStore } from "react";
import { Route, Switch, useLocation } from "wouter";
import { Chat } from "../chat/Chat.tsx";
import { FirstRun } from "../first-run/FirstRun.tsx";
import { Gallery } from "../gallery/Gallery.tsx";
import { Home } from "../home/Home.tsx";
import { ArchMark } from "../ui/ArchMark.tsx";
import { words } from "../words/words.ts";
import { frameCommands } from "./commands.ts";
import type { Connection } from "./connect.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { HearthLine } from "./HearthLine.tsx";
import { KeysDialog } from "./KeysDialog.tsx";
import { NotFound } from "./NotFound.tsx";
import { Notices } from "./Notices.tsx";
import { useEngineState, useMemoryNow, useSettings, useStatus } from "./queries.ts";
import { RoomBoundary } from "./RoomBoundary.tsx";
import { RoomNav } from "./RoomNav.tsx";
import { roomOf, rooms } from "./routes.ts";
import { useCommands } from "./use-commands.ts";
import { useLook } from "./use-look.ts";
import { useRoomChange } from "./use-room-change.ts";
import styles from "./App.module.css";

const hasGallery = import.meta.env.DEV || new URLSearchParams(window.location.search).has("gallery");

/** The frame: title bar, rail, room, hearth line. */
export function App({ connection }: { connection: Connection }) {
    const [path, navigate] = useLocation();
    const [areKeysShown, setAreKeysShown] = useState(false);
    const line = useSyncExternalStore(connection.subscribe, connection.status);
    const settings = useSettings();
    const status = useStatus();
    const engine = useEngineState();
    const memory = useMemoryNow();
    const commands = frameCommands({ go: navigate, showKeys: () => setAreKeysShown(true) });
    useCommands(commands);
    useLook(settings.data?.settings);

    const isFirstRun = path === "/start" || (path === "/" && settings.data?.settings.hasFinishedFirstRun === false);
    const room = roomOf(path);
    const roomTitle = isFirstRun
        ? words.firstRun.title
        : (rooms.find(({ id }) => id === room)?.words ?? words.frame.brand);
    useRoomChange(roomTitle, isFirstRun ? "first-run" : (room ?? path));

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
                {line === "lost" ? (
                    <div className={styles.lost} role="alert">
                        <strong>{words.frame.gone}</strong> <span>{words.frame.reconnecting}</span>
                    </div>
                ) : null}
                <Notices failures={status.data?.notices ?? []} />
                <div className={styles.content}>
                    <RoomBoundary key={isFirstRun ? "first-run" : (room ?? path)}>
                        {settings.isError ? (
                            <FailureNotice error={settings.error} onAct={() => void settings.refetch()} />
                        ) : settings.data ? (
                            <Switch>
                                <Route path="/">{isFirstRun ? <FirstRun /> : <Home />}</Route>
                                <Route path="/start" component={FirstRun} />
                                <Route path="/chat/:chatId?" component={Chat} />
                                {hasGallery ? <Route path="/gallery" component={Gallery} /> : null}
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
            {areKeysShown ? <KeysDialog commands={commands} onClose={() => setAreKeysShown(false)} /> : null}
        </div>
    );
}
