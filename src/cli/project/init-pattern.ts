/** A path as a pattern of the configuration that matches nothing else. */
export function pathPattern(path: string): string {
  return path.replaceAll(/[*?[\]{}()!|\\]/g, String.raw`\$&`);
}
