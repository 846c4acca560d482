export function isBuilt(folder?: string): boolean;
export function build(given?: { folder?: string; run?: () => number }): number;
