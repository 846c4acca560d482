import { useState } from "react";
import { useLocation } from "wouter";
import { FailureNotice } from "../app/FailureNotice.tsx";
import { useAllRuns, useChats, useEngineState, useLibrary, useMachine, useMemoryNow } from "../app/queries.ts";
import { fastMemoryOf, hintFor } from "../app/fast-memory.ts";
import { ChangedValues } from "../app/ChangedValues.tsx";
import { PlanNote } from "../app/PlanNote.tsx";
import { useCorrections } from "../app/use-corrections.ts";
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
    const found = useMachine();
    const { machine, scan, rescan, correct } = found;
    const corrections = useCorrections(found);
    const { recommendation, change, error: planError, again } = usePlan(machine);
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
    const isDescribed = machine?.kind === "described";
    const headlines = isDescribed ? said.headlinesDescribed : said.headlines;
    const headline = isUnknown
        ? words.firstRun.unknown
        : recommendation
          ? headlines[recommendation.headline]
          : planError
            ? words.firstRun.missing.models
            : scan.error && !machine
              ? words.firstRun.missing.computer
              : said.looking;
    const pickName = recommendation?.pick?.model.name;
    const isScanning = rescan.isPending || scan.isPending;
    const scanWords = isDescribed ? said.readDescription : said.scanAgain;
    // A refusal is said on top of this room.
    const correctNow = (values: Parameters<typeof corrections.apply>[0]) =>
        void corrections.apply(values).catch(() => undefined);

    return (
        <div className={styles.page} data-machine={machine?.kind}>
            <header className={styles.head}>
                <h1 tabIndex={-1}>{headline}</h1>
                <div className={styles.scan}>
                    {machine ? (
                        <span>
                            {isDescribed
                                ? words.firstRun.describedFrom
                                : said.scannedAt(clock.format(new Date(machine.scannedAt)))}
                        </span>
                    ) : null}
                    <Button isBusy={isScanning} onPress={() => rescan.mutate()}>
                        {isScanning ? said.scanning : scanWords}
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
            {change && recommendation ? <PlanNote change={change} now={recommendation} /> : null}
            {machine ? (
                <section aria-labelledby="home-computer" className={styles.computer}>
                    <h2 id="home-computer">
                        {isDescribed ? (machine.title ?? machine.cpu.name.value) : said.computer}
                    </h2>
                    <Doubts
                        machine={machine}
                        hint={
                            recommendation
                                ? hintFor(fastMemoryOf(machine, recommendation), recommendation, isUnknown)
                                : null
                        }
                        onCorrect={correctNow}
                        onForm={() => setOpen("correct")}
                        onScan={() => rescan.mutate()}
                    />
                    <ChangedValues
                        changes={corrections.changes}
                        onUndo={(each) => void corrections.undo(each).catch(() => undefined)}
                    />
                    <MemoryNowBars machine={machine} memory={memory} modelBytes={engine?.residentBytes ?? 0} />
                    <FactList machine={machine} onPutBack={correctNow} />
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
                    pick={pickName ? (isDescribed ? said.pickDescribed(pickName) : said.pick(pickName)) : null}
                    hasStarter={starter !== undefined}
                    isOpening={begin.chat.isPending}
                    onPractice={() => (starter ? begin.chat.mutate(starter.id) : setOpen("library"))}
                    onBegin={() => navigate("/chat")}
                />
                <Closeness
                    runs={isDescribed ? [] : (runs.data ?? [])}
                    empty={isDescribed ? said.noRunsDescribed : said.noRuns}
                />
            </div>
            {open === "correct" && machine ? (
                <CorrectDialog machine={machine} onClose={() => setOpen(undefined)} onSave={corrections.apply} />
            ) : null}
            {open === "library" ? (
                <LibraryDialog onClose={() => setOpen(undefined)} onUse={(modelId) => begin.chat.mutate(modelId)} />
            ) : null}
        </div>
    );
}
