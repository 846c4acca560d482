import type { ContextMenuParams, MenuItemConstructorOptions } from "electron";

/** The application menu: Edit roles, so that copy and paste work everywhere, and what the system expects. */
export function applicationMenu(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
    return [
        ...(platform === "darwin" ? [{ role: "appMenu" } as const] : []),
        { role: "editMenu" },
        // The role's own menu would take Ctrl Shift R, which is Hearth's.
        {
            label: "View",
            submenu: [
                { role: "reload" },
                { role: "toggleDevTools" },
                { type: "separator" },
                { role: "resetZoom" },
                { role: "zoomIn" },
                { role: "zoomOut" },
                { type: "separator" },
                { role: "togglefullscreen" },
            ],
        },
        { role: "windowMenu" },
    ];
}

/** For text and fields; empty where there is nothing to do. */
export function contextMenu({
    isEditable,
    selectionText,
    editFlags,
}: Pick<ContextMenuParams, "isEditable" | "selectionText" | "editFlags">): MenuItemConstructorOptions[] {
    if (isEditable)
        return [
            { role: "undo", enabled: editFlags.canUndo },
            { role: "redo", enabled: editFlags.canRedo },
            { type: "separator" },
            { role: "cut", enabled: editFlags.canCut },
            { role: "copy", enabled: editFlags.canCopy },
            { role: "paste", enabled: editFlags.canPaste },
            { role: "selectAll", enabled: editFlags.canSelectAll },
        ];
    return selectionText.trim() === "" ? [] : [{ role: "copy" }];
}
