export function webHostArguments(root: string): string[];
