import type { Catalog } from "#shared/schema/catalog.ts";
import type { Services } from "../../door.ts";
import type { createBrowser } from "./browse.ts";
import type { Library } from "./library.ts";

export function modelsProcedures({
    library,
    browser,
    loadCatalog,
}: {
    library: Library;
    browser: ReturnType<typeof createBrowser>;
    loadCatalog: () => Promise<Catalog>;
}): Services["models"] {
    return {
        catalog: () => loadCatalog(),
        list: () => library.list(),
        browse: ({ handle }) => browser.list(handle),
        add: async ({ handle }) => library.add(await browser.toPath(handle)),
        async forget({ modelId }) {
            await library.forget(modelId);
            return {};
        },
    };
}
