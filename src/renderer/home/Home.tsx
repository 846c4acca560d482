import { useState } from "react";
import { useLocation } from "wouter";
import { FailureNotice } from "../app/FailureNotice.tsx";
import { useAllRuns, useChats, useEngineState, useLibrary, useMachine, useMemoryNow } from "../app/queries.ts";
import { isSpeedKnown, usePlan } from "../app/use-plan.ts";
import { CorrectDialog } from "../app/CorrectDialog.tsx";
import { Doubts } from "../app/Doubts.tsx";
import { LibraryDialog } from "../app/LibraryDialog.tsx";
import { useBegin } from "../app/use-begin.ts";
import { Button } from "../ui/Button.tsx";
import { FactList } from "../ui/FactList.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { locale, words } from "../words/words.ts";
import { Closeness } from "./Closeness.tsx";
import { Continue } from "./Continue.tsx";
import { MemoryNowBars } from "./MemoryNowBars.tsx";
import styles from "./Home.module.css";

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });

/** This computer: what it can run, what uses its memory now, what was begun, and how close we were. */
export function Home() {
    const said = words.home;
    const [, navigate] = useLocation();
    const { machine, scan, rescan, correct } = useMachine();
    const { recommendation, error: planError, again } = usePlan(machine);
    const memory = useMemoryNow();
    const engine = useEngineState();
    const chats = useChats();
    const library = useLibrary();
    const runs = useAllRuns();
    const begin = useBegin();
    const [open, setOpen] = useState<"correct" | "library">();
    const starter = library.data?.models.find(({ isStarter }) => isStarter);
    const error = scan.error ?? rescan.error ?? correct.error ?? planError ?? chats.error ?? begin.chat.error;
    const isUnknown = machine !== undefined && recommendation?.pick === null && !isSpeedKnown(machine);
    const headline = isUnknown
        ? words.firstRun.unknown
        : recommendation
          ? said.headlines[recommendation.headline]
          : said.looking;
    const isScanning = rescan.isPending || scan.isPending;

    return (
        <div className={styles.page} data-machine={machine?.kind}>
            <header className={styles.head}>
                <div>
                    {machine?.kind === "described" ? <p>{words.firstRun.described(machine.title ?? "")}</p> : null}
                    <h1 tabIndex={-1}>{headline}</h1>
                </div>
                <div className={styles.scan}>
                    {machine ? <span>{said.scannedAt(clock.format(new Date(machine.scannedAt)))}</span> : null}
                    <Button isBusy={isScanning} onPress={() => rescan.mutate()}>
                        {isScanning ? said.scanning : said.scanAgain}
                    </Button>
                </div>
            </header>
            {error ? (
                <FailureNotice
                    error={error}
                    onAct={(action) => {
                        if (action === "choose-file") return setOpen("library");
                        correct.reset();
                        begin.chat.reset();
                        again();
                        void chats.refetch();
                        rescan.mutate();
                    }}
                />
            ) : null}
            {machine ? (
                <section aria-labelledby="home-computer" className={styles.computer}>
                    <h2 id="home-computer">{said.computer}</h2>
                    <Doubts
                        machine={machine}
                        onCorrect={(values) => correct.mutate(values)}
                        onScan={() => rescan.mutate()}
                    />
                    <MemoryNowBars machine={machine} memory={memory} modelBytes={engine?.residentBytes ?? 0} />
                    <FactList machine={machine} />
                    <Button kind="quiet" onPress={() => setOpen("correct")}>
                        {said.correct}
                    </Button>
                </section>
            ) : error ? null : (
                <Skeleton>{said.looking}</Skeleton>
            )}
            <div className={styles.columns}>
                <Continue
                    chats={chats.data ?? []}
                    pickName={recommendation?.pick?.model.name ?? null}
                    hasStarter={starter !== undefined}
                    isOpening={begin.chat.isPending}
                    onPractice={() => (starter ? begin.chat.mutate(starter.id) : setOpen("library"))}
                    onBegin={() => navigate("/chat")}
                />
                <Closeness runs={runs.data ?? []} />
            </div>
            {open === "correct" && machine ? (
                <CorrectDialog
                    machine={machine}
                    onClose={() => setOpen(undefined)}
                    onSave={(values) => correct.mutateAsync(values)}
                />
            ) : null}
            {open === "library" ? (
                <LibraryDialog onClose={() => setOpen(undefined)} onUse={(modelId) => begin.chat.mutate(modelId)} />
            ) : null}
        </div>
    );
}
