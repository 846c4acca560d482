import { ChevronLeft } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { CorrectDialog } from "../app/CorrectDialog.tsx";
import type { FailureAction } from "../app/failures.ts";
import { FailureNotice } from "../app/FailureNotice.tsx";
import { LibraryDialog } from "../app/LibraryDialog.tsx";
import { useLibrary, useMachine } from "../app/queries.ts";
import { useBegin } from "../app/use-begin.ts";
import { useCorrections } from "../app/use-corrections.ts";
import { usePatience } from "../app/use-patience.ts";
import { isSpeedKnown, usePlan } from "../app/use-plan.ts";
import { words } from "../words/words.ts";
import { OtherWays } from "./OtherWays.tsx";
import { PickCard } from "./PickCard.tsx";
import { Scanning } from "./Scanning.tsx";
import { VerdictColumn } from "./VerdictColumn.tsx";
import styles from "./FirstRun.module.css";

/** The probe of the memory takes about a second; on a busy computer more. After this we say that we cannot say. */
const PROBE_MILLISECONDS = 8_000;

/** From the scan to the first answer: one sentence, one pick, one button. `isAgain`: Home led back here. */
export function FirstRun({ isAgain }: { isAgain: boolean }) {
    const found = useMachine();
    const { machine, scan, rescan, correct } = found;
    const plan = usePlan(machine);
    const corrections = useCorrections(found);
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
            {isAgain ? (
                <Link href="/" className={styles.back ?? ""}>
                    <ChevronLeft aria-hidden="true" size={18} strokeWidth={1.6} />
                    {words.frame.back}
                </Link>
            ) : null}
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
                        change={plan.change}
                        isUnknown={isProbing}
                        corrections={corrections}
                        onForm={() => setOpen("correct")}
                        onScan={() => rescan.mutate()}
                    />
                    <PickCard
                        recommendation={recommendation}
                        isDescribed={machine.kind === "described"}
                        isFocused={!isAgain}
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
                        onLook={isAgain ? null : () => begin.look.mutate()}
                    />
                </>
            ) : (
                <Scanning
                    machine={machine}
                    missing={plan.error ? "models" : !machine && scan.error ? "computer" : null}
                    onSkip={() => begin.look.mutate()}
                />
            )}
            {open === "library" ? (
                <LibraryDialog onClose={() => setOpen(undefined)} onUse={(modelId) => begin.chat.mutate(modelId)} />
            ) : null}
            {open === "correct" && machine ? (
                <CorrectDialog machine={machine} onClose={() => setOpen(undefined)} onSave={corrections.apply} />
            ) : null}
        </div>
    );
}
