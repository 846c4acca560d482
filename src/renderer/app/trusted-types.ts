type Factory = {
    createPolicy(name: string, rules: { createHTML: (html: string) => string | null }): unknown;
};

/** The page's only policy: no text ever becomes HTML here. Libraries that clear an element with "" are let through. */
export function refuseHtml(): void {
    const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
    factory?.createPolicy("default", { createHTML: (html) => (html === "" ? "" : null) });
}
