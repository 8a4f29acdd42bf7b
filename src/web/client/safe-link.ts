const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/** A link of a draft, made safe to follow, as the browser would understand it; undefined for what must stay text. */
export function safeLink(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return PROTOCOLS.has(protocol) ? href : undefined;
}
