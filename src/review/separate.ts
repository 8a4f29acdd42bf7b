/** What came of making a whole of some items: the whole, or why it cannot be. */
export type Attempt<Whole, Fault> =
  | { readonly kind: "whole"; readonly whole: Whole }
  | { readonly kind: "broken"; readonly fault: Fault };

export interface Separation<Item, Whole, Fault> {
  /** Items that hold together, and what they make; undefined where there are none. */
  readonly sound: readonly Item[];
  readonly whole: Whole | undefined;
  readonly broken: readonly { readonly item: Item; readonly fault: Fault }[];
}

/**
 * Finds the items that break a whole, by halving: one attempt where none does, and about twice the logarithm of their
 * number for each that does. Where one does, `parts` may first set those apart that look like it. An item whose fault shows only beside another is put down to the later of the two.
 */
export function separate<Item, Whole, Fault>(
  items: readonly Item[],
  attempt: (together: readonly Item[]) => Attempt<Whole, Fault>,
  parts: (items: readonly Item[]) => readonly (readonly Item[])[] = halves,
): Separation<Item, Whole, Fault> {
  let sound: readonly Item[] = [];
  let whole: Whole | undefined;
  const broken: { item: Item; fault: Fault }[] = [];
  const add = (group: readonly Item[], cut = halves<Item>): void => {
    const [first] = group;
    if (first === undefined) return;
    const together = [...sound, ...group];
    const result = attempt(together);
    if (result.kind === "whole") {
      sound = together;
      whole = result.whole;
    } else if (group.length === 1) broken.push({ item: first, fault: result.fault });
    else for (const part of cut(group)) add(part);
  };
  add(items, parts);
  return { sound, whole, broken };
}

export function halves<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const middle = items.length >> 1;
  return [items.slice(0, middle), items.slice(middle)];
}
