import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { BrowseHandle, ModelId } from "#shared/schema/ids.ts";
import type { LocalModel } from "#shared/schema/catalog.ts";
import { formatFileSize } from "#shared/domain/format/bytes.ts";
import { refusalSentence } from "#shared/domain/gguf/refusal-sentence.ts";
import type { HeaderFault } from "#shared/schema/failure.ts";
import { useApi } from "./api-context.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { FolderBrowser } from "./FolderBrowser.tsx";
import { appKeys, useLibrary } from "./queries.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { showControls } from "../ui/show-controls.ts";
import { locale, words } from "../words/words.ts";
import styles from "./LibraryDialog.module.css";

type Props = { onClose: () => void; onUse: (modelId: ModelId) => void };

/** Model files on this computer, and the folders Hearth may look into. No path is shown or sent. */
export function LibraryDialog({ onClose, onUse }: Props) {
    const api = useApi();
    const queries = useQueryClient();
    const said = words.library;
    const library = useLibrary();
    const list = useRef<HTMLUListElement>(null);
    const add = useMutation({
        mutationFn: (file: BrowseHandle) => api.models.add({ handle: file }),
        onSuccess: () => queries.invalidateQueries({ queryKey: appKeys.models }),
    });
    const addedId = add.data?.id;
    const models = library.data?.models;
    // What was added stands above; its button takes the focus, so that Enter goes on.
    useEffect(() => {
        if (!addedId || !models?.some(({ id }) => id === addedId)) return;
        list.current?.querySelector<HTMLElement>(`[data-model="${CSS.escape(addedId)}"] button`)?.focus();
    }, [addedId, models]);
    const error = add.error ?? library.error;
    const again = () => {
        add.reset();
        void library.refetch();
    };
    return (
        <Dialog title={said.title} onClose={onClose}>
            {error ? <FailureNotice error={error} onAct={again} /> : null}
            {models ? (
                <p className={styles.count}>{said.known(models.filter(({ refusal }) => !refusal).length)}</p>
            ) : null}
            <ul className={styles.list} ref={list}>
                {models?.map((model) => (
                    <ModelRow key={model.id} model={model} onUse={onUse} />
                ))}
            </ul>
            <FolderBrowser isAdding={add.isPending} onChoose={(file) => add.mutate(file)} />
            <p role="status" className={styles.count}>
                {add.isPending ? said.adding : add.data ? said.added(showControls(add.data.name)) : null}
            </p>
        </Dialog>
    );
}

function ModelRow({ model, onUse }: { model: LocalModel; onUse: Props["onUse"] }) {
    const { id, name, sizeBytes, refusal } = model;
    return (
        <li data-model={id}>
            <span className={styles.name}>
                <bdi>{showControls(name)}</bdi> <small>{formatFileSize(sizeBytes, locale)}</small>
                {refusal ? (
                    <small>
                        {refusalSentence(refusal.fault as HeaderFault, {
                            detail: showControls(refusal.detail),
                            missingBytes: null,
                        })}
                    </small>
                ) : null}
            </span>
            {refusal ? null : (
                <Button size="small" onPress={() => onUse(id)}>
                    {words.library.use(showControls(name))}
                </Button>
            )}
        </li>
    );
}
