import { dialog } from "electron";
import type { HandOver } from "../host/owner.ts";
import { openExternal } from "./open-external.ts";
import { sentences } from "./sentences.ts";

/** What is said where another Hearth has this profile: its window came to the front by itself; its link is shown first. */
export async function leaveToOther(answer: HandOver): Promise<void> {
    if (answer.kind === "window") return;
    const said = sentences.takenByBrowser;
    const { response } = await dialog.showMessageBox({
        type: "info",
        message: said.message,
        detail: said.detail(answer.link),
        buttons: [said.open, said.close],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
    });
    if (response === 0) await openExternal(answer.link);
}
