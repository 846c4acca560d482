import { dialog, shell } from "electron";
import { isWebAddress } from "#shared/domain/web-address.ts";
import { sentences } from "./sentences.ts";

/**
 * The only way an address leaves Hearth for the system (security.md, rule 6; a lint rule forbids every other call). Who
 * calls it has shown the address before. What is no web address is dropped; where no program took it, that is said.
 */
export async function openExternal(address: string): Promise<void> {
    if (!URL.canParse(address)) return;
    const { href } = new URL(address);
    if (!isWebAddress(href)) return;
    try {
        await shell.openExternal(href);
    } catch {
        const said = sentences.notOpened;
        await dialog.showMessageBox({ type: "warning", message: said.message, detail: said.detail(href) });
    }
}
