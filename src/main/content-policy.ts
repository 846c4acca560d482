/**
 * The one Content-Security-Policy of both shells (security.md, checklist 7). The hash is that of the one style element
 * which React Aria inserts; an end-to-end test that counts violations notices when it changes.
 */
export const CONTENT_POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
].join("; ");
