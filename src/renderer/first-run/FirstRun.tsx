import { useState } from "react";
import type { FailureAction } from "../app/failures.ts";
import { FailureNotice } from "../app/FailureNotice.tsx";
import { useLibrary, useMachine } from "../app/queries.ts";
import { usePatience } from "../app/use-patience.ts";
import { isSpeedKnown, usePlan } from "../app/use-plan.ts";
import { CorrectDialog } from "../app/CorrectDialog.tsx";
import { Doubts } from "../app/Doubts.tsx";
import { LibraryDialog } from "../app/LibraryDialog.tsx";
import { OtherWays } from "./OtherWays.tsx";
import { PickCard } from "./PickCard.tsx";
import { Scanning } from "./Scanning.tsx";
import { useBegin } from "../app/use-begin.ts";
import { VerdictColumn } from "./VerdictColumn.tsx";
import styles from "./FirstRun.module.css";

/** The probe of the memory takes about a second; on a busy computer more. After this we say that we cannot say. */
const PROBE_MILLISECONDS = 8_000;

/** From the scan to the first answer: one sentence, one pick, one button. */
export function FirstRun() {
    const { machine, scan, rescan, correct } = useMachine();
    const plan = usePlan(machine);
    const library = useLibrary();
    const begin = useBegin();
    const [open, setOpen] = useState<"library" | "correct">();
    const starter = library.data?.models.find(({ isStarter }) => isStarter);
    const error = scan.error ?? rescan.error ?? plan.error ?? correct.error ?? begin.chat.error ?? begin.look.error;
    const act = (action: FailureAction) => {
        if (action === "choose-file") return setOpen("library");
        if (plan.error) return plan.again();
        if (correct.error) return correct.reset();
        begin.chat.reset();
        begin.look.reset();
        rescan.mutate();
    };
    const recommendation = plan.recommendation;
    const isProbing = machine !== undefined && recommendation?.pick === null && !isSpeedKnown(machine);
    const hasWaited = usePatience(isProbing, PROBE_MILLISECONDS);

    return (
        <div className={styles.stage} data-machine={machine?.kind}>
            {error ? (
                <div className={styles.wide}>
                    <FailureNotice error={error} onAct={act} />
                </div>
            ) : null}
            {machine && recommendation && (!isProbing || hasWaited) ? (
                <>
                    <VerdictColumn
                        machine={machine}
                        recommendation={recommendation}
                        isUnknown={isProbing}
                        doubts={
                            <Doubts
                                machine={machine}
                                onCorrect={(corrections) => correct.mutate(corrections)}
                                onScan={() => rescan.mutate()}
                            />
                        }
                        onCorrect={() => setOpen("correct")}
                    />
                    <PickCard
                        recommendation={recommendation}
                        isDescribed={machine.kind === "described"}
                        starter={library.isPending ? "unknown" : (starter ?? null)}
                        starterMissing={library.data?.starterMissing ?? null}
                        isOpening={begin.chat.isPending}
                        onTry={(modelId) => begin.chat.mutate(modelId)}
                        onChooseFile={() => setOpen("library")}
                    />
                    <OtherWays
                        recommendation={recommendation}
                        found={library.data?.models.filter(({ isStarter }) => !isStarter).length ?? 0}
                        onModels={() => setOpen("library")}
                        onLook={() => begin.look.mutate()}
                    />
                </>
            ) : (
                <Scanning machine={machine} onSkip={() => begin.look.mutate()} />
            )}
            {open === "library" ? (
                <LibraryDialog onClose={() => setOpen(undefined)} onUse={(modelId) => begin.chat.mutate(modelId)} />
            ) : null}
            {open === "correct" && machine ? (
                <CorrectDialog
                    machine={machine}
                    onClose={() => setOpen(undefined)}
                    onSave={(corrections) => correct.mutateAsync(corrections)}
                />
            ) : null}
        </div>
    );
}
