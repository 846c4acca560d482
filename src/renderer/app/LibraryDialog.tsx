import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BrowseHandle, ModelId } from "#shared/schema/ids.ts";
import { formatFileSize } from "#shared/domain/format/bytes.ts";
import { refusalSentence } from "#shared/domain/gguf/refusal-sentence.ts";
import type { HeaderFault } from "#shared/schema/failure.ts";
import { useApi } from "./api-context.ts";
import { FailureNotice } from "./FailureNotice.tsx";
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
    const [handle, setHandle] = useState<BrowseHandle | null>(null);
    const folder = useQuery({
        queryKey: ["models", "browse", handle],
        queryFn: () => api.models.browse({ handle }),
        staleTime: 0,
        gcTime: 0,
    });
    const add = useMutation({
        mutationFn: (file: BrowseHandle) => api.models.add({ handle: file }),
        onSuccess: () => queries.invalidateQueries({ queryKey: appKeys.models }),
    });
    const error = add.error ?? folder.error ?? library.error;
    const again = () => {
        add.reset();
        setHandle(null);
        void folder.refetch();
        void library.refetch();
    };
    return (
        <Dialog title={said.title} onClose={onClose}>
            {error ? <FailureNotice error={error} onAct={again} /> : null}
            {library.data?.models.length === 0 ? <p>{said.empty}</p> : null}
            <ul className={styles.list}>
                {library.data?.models.map(({ id, name, sizeBytes, refusal }) => (
                    <li key={id}>
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
                                {said.use(showControls(name))}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            <h3 className={styles.head}>
                {said.browse}: <bdi>{handle ? showControls(folder.data?.name ?? "") : said.roots}</bdi>
            </h3>
            {folder.isPending ? <p role="status">{said.reading}</p> : null}
            {add.isPending ? <p role="status">{said.adding}</p> : null}
            <ul className={styles.list}>
                {handle ? (
                    <li>
                        <Button size="small" kind="quiet" onPress={() => setHandle(folder.data?.parent ?? null)}>
                            {said.up}
                        </Button>
                    </li>
                ) : null}
                {folder.data?.entries.length === 0 ? <li>{said.nothingHere}</li> : null}
                {folder.data?.entries.map((entry) => (
                    <li key={entry.handle}>
                        <Button
                            size="small"
                            kind="quiet"
                            isBusy={add.isPending}
                            onPress={() =>
                                entry.kind === "folder" ? setHandle(entry.handle) : add.mutate(entry.handle)
                            }
                        >
                            <bdi>{showControls(entry.name)}</bdi>
                        </Button>
                        <small>
                            {entry.kind === "folder"
                                ? said.folder
                                : entry.sizeBytes === null
                                  ? null
                                  : formatFileSize(entry.sizeBytes, locale)}
                        </small>
                    </li>
                ))}
            </ul>
        </Dialog>
    );
}
