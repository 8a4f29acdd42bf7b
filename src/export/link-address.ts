const PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);

/** An address that may be a link in a page that leaves the bank; undefined for what leads elsewhere or runs something. */
export function linkAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return PROTOCOLS.has(protocol) ? href : undefined;
}
