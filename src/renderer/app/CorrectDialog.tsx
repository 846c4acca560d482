import { useId, useState } from "react";
import type { Corrections, Machine } from "#shared/schema/machine.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { words } from "../words/words.ts";
import { type CorrectionField, correctionFields, readForm, toForm } from "./corrections.ts";
import styles from "./CorrectDialog.module.css";

const labels: Record<CorrectionField, string> = {
    memoryTotalBytes: words.hardware.memoryGigabytes,
    cpuPhysicalCores: words.hardware.physicalCores,
    gpuTotalBytes: words.hardware.gpuGigabytes,
    memoryBandwidthBytesPerSecond: words.hardware.bandwidthGigabytes,
    gpuBandwidthBytesPerSecond: words.hardware.gpuBandwidthGigabytes,
};
const ofTheCard = new Set<CorrectionField>(["gpuTotalBytes", "gpuBandwidthBytesPerSecond"]);
const putBack: Corrections = {
    memoryTotalBytes: null,
    cpuPhysicalCores: null,
    gpuTotalBytes: null,
    memoryBandwidthBytesPerSecond: null,
    gpuIsUnified: null,
    gpuBandwidthBytesPerSecond: null,
};

type Props = { machine: Machine; onClose: () => void; onSave: (corrections: Corrections) => Promise<unknown> };

/** The reader's values in place of detected ones; ours can always be put back. */
export function CorrectDialog({ machine, onClose, onSave }: Props) {
    const said = words.hardware;
    const id = useId();
    const [before] = useState(() => toForm(machine));
    const [form, setForm] = useState(before);
    const card = machine.gpus[0];
    const [isShared, setIsShared] = useState(card?.isUnified.value ?? false);
    const [isSaving, setIsSaving] = useState(false);
    const read = readForm(form, before);
    const save = (corrections: Corrections) => {
        setIsSaving(true);
        // A refusal is said by the room under this dialog.
        void onSave(corrections).then(onClose, onClose);
    };
    const sharing = card && isShared !== card.isUnified.value ? { gpuIsUnified: isShared } : {};
    return (
        <Dialog title={said.correctTitle} onClose={onClose}>
            <form
                className={styles.form}
                onSubmit={(event) => {
                    event.preventDefault();
                    if (read.wrong.length === 0 && !isSaving) save({ ...read.corrections, ...sharing });
                }}
            >
                <p>{said.correctWhy}</p>
                {correctionFields
                    .filter(({ field }) => card || !ofTheCard.has(field))
                    .map(({ field, least, most }) => {
                        const isWrong = read.wrong.includes(field);
                        return (
                            <div key={field} className={styles.field}>
                                <label htmlFor={`${id}${field}`}>{labels[field]}</label>
                                <input
                                    id={`${id}${field}`}
                                    inputMode="decimal"
                                    placeholder={said.unknownYet}
                                    autoComplete="off"
                                    value={form[field]}
                                    aria-invalid={isWrong}
                                    aria-describedby={isWrong ? `${id}${field}wrong` : undefined}
                                    onChange={(event) => setForm({ ...form, [field]: event.target.value })}
                                />
                                {isWrong ? (
                                    <p id={`${id}${field}wrong`} className={styles.wrong} role="alert">
                                        {said.outOfRange(least, most)}
                                    </p>
                                ) : null}
                            </div>
                        );
                    })}
                {card ? (
                    <label className={styles.check}>
                        <input
                            type="checkbox"
                            checked={isShared}
                            onChange={(event) => setIsShared(event.target.checked)}
                        />
                        {said.sharesMemory}
                    </label>
                ) : null}
                <div className={styles.actions}>
                    <Button kind="primary" type="submit" isBusy={isSaving}>
                        {isSaving ? said.saving : said.save}
                    </Button>
                    <Button kind="quiet" isBusy={isSaving} onPress={() => save(putBack)}>
                        {said.putBack}
                    </Button>
                </div>
            </form>
        </Dialog>
    );
}
