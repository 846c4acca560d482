import { useEffect } from "react";
import type { Settings } from "#shared/schema/settings.ts";

/** Puts theme and text size on the root element, where tokens.css reads them. */
export function useLook(settings: Settings | undefined): void {
    const theme = settings?.theme ?? "system";
    const scale = (settings?.textSizePercent ?? 100) / 100;
    useEffect(() => {
        const root = document.documentElement;
        if (theme === "system") delete root.dataset.theme;
        else root.dataset.theme = theme;
        root.style.setProperty("--text-scale", String(scale));
    }, [theme, scale]);
}
