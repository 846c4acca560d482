import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, FileBox, Folder } from "lucide-react";
import { useState } from "react";
import { GridList, GridListItem } from "react-aria-components";
import type { BrowseHandle } from "#shared/schema/ids.ts";
import { formatFileSize } from "#shared/domain/format/bytes.ts";
import { useApi } from "./api-context.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { Button } from "../ui/Button.tsx";
import { showControls } from "../ui/show-controls.ts";
import { locale, words } from "../words/words.ts";
import styles from "./FolderBrowser.module.css";

type Props = { isAdding: boolean; onChoose: (file: BrowseHandle) => void };

/** Walks the folders Hearth may look into, by handles: arrow keys and letters move, Enter opens, Back goes up. */
export function FolderBrowser({ isAdding, onChoose }: Props) {
    const api = useApi();
    const said = words.library;
    const [handle, setHandle] = useState<BrowseHandle | null>(null);
    // The list of a folder that was walked into takes the focus, or it would be lost with the row that was pressed.
    const [hasWalked, setHasWalked] = useState(false);
    const folder = useQuery({
        queryKey: ["models", "browse", handle],
        queryFn: () => api.models.browse({ handle }),
        staleTime: 0,
        gcTime: 0,
    });
    const walk = (to: BrowseHandle | null) => {
        setHasWalked(true);
        setHandle(to);
    };
    const entries = folder.data?.entries ?? [];
    const models = entries.filter(({ kind }) => kind === "model").length;
    // The one root is the reader's home, whose folder's name says nothing to most.
    const nameOf = (name: string) => (handle === null && entries.length === 1 ? said.home : showControls(name));
    const isTop = folder.data?.parent === null;
    const title = handle === null ? said.roots : isTop ? said.home : showControls(folder.data?.name ?? "");

    return (
        <section className={styles.browser} aria-labelledby="browse-title">
            <h3 id="browse-title">
                {said.browse}: <bdi>{title}</bdi>
            </h3>
            {folder.error ? (
                <FailureNotice
                    error={folder.error}
                    onAct={() => {
                        setHandle(null);
                        void folder.refetch();
                    }}
                />
            ) : null}
            <div className={styles.bar}>
                {handle === null ? null : (
                    <Button size="small" kind="quiet" onPress={() => walk(folder.data?.parent ?? null)}>
                        <ChevronLeft className={styles.back} aria-hidden="true" size={15} strokeWidth={1.6} />
                        {said.up}
                    </Button>
                )}
                <p role="status">
                    {folder.isPending
                        ? said.reading
                        : handle === null || entries.length === 0
                          ? said.keys
                          : said.holds(models, entries.length - models)}
                </p>
            </div>
            {folder.data ? (
                <GridList
                    key={handle}
                    aria-label={title}
                    className={styles.list ?? ""}
                    items={entries}
                    autoFocus={hasWalked && (entries.length > 0 ? "first" : true)}
                    disabledKeys={isAdding ? entries.map((entry) => entry.handle) : []}
                    renderEmptyState={() => (handle === null ? said.noRoots : said.nothingHere)}
                    onAction={(key) => {
                        const entry = entries.find((each) => each.handle === key);
                        if (entry?.kind === "folder") walk(entry.handle);
                        else if (entry) onChoose(entry.handle);
                    }}
                >
                    {(entry) => (
                        <GridListItem id={entry.handle} textValue={nameOf(entry.name)} className={styles.row ?? ""}>
                            {entry.kind === "folder" ? (
                                <Folder aria-hidden="true" size={18} strokeWidth={1.6} />
                            ) : (
                                <FileBox aria-hidden="true" size={18} strokeWidth={1.6} />
                            )}
                            <bdi>{nameOf(entry.name)}</bdi>
                            <small>
                                {entry.kind === "folder"
                                    ? said.folder
                                    : entry.sizeBytes === null
                                      ? null
                                      : formatFileSize(entry.sizeBytes, locale)}
                            </small>
                        </GridListItem>
                    )}
                </GridList>
            ) : null}
        </section>
    );
}
