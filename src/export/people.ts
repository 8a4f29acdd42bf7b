/** How a system of others knows a candidate. Every part is "" where it is not known. */
export interface Person {
  readonly first: string;
  readonly last: string;
  /** A number or login of the system. */
  readonly id: string;
  readonly email: string;
}

const NOBODY: Person = { first: "", last: "", id: "", email: "" };

/**
 * Reads what a source called a candidate: an address, `Last, First`, `First Last`, or else an id.
 * @param name what the source has as the name beside an address or an id.
 */
export function personOf(identity: string, name?: string): Person {
  const person = partsOf(identity);
  if (name === undefined) return person;
  const { first, last, id } = partsOf(name);
  return { ...person, first, last: last || id };
}

function partsOf(identity: string): Person {
  const text = identity.trim();
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return { ...NOBODY, email: text };
  const [last = "", first] = text.split(/\s*,\s*/, 2);
  if (first !== undefined) return { ...NOBODY, first, last };
  const gap = text.lastIndexOf(" ");
  if (gap === -1) return { ...NOBODY, id: text };
  return { ...NOBODY, first: text.slice(0, gap).trim(), last: text.slice(gap + 1) };
}
