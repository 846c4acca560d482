/** The window's own address: our scheme, one host. */
export const APP_SCHEME = "app";
export const APP_ORIGIN = "app://bundle";
export const APP_START = `${APP_ORIGIN}/index.html`;

/** True for pages of ours and nothing else. */
export const isOwnPage = (address: string): boolean => address === APP_ORIGIN || address.startsWith(`${APP_ORIGIN}/`);
