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
 * number for each that does. An item whose fault shows only beside another is put down to the later of the two.
 */
export function separate<Item, Whole, Fault>(
  items: readonly Item[],
  attempt: (together: readonly Item[]) => Attempt<Whole, Fault>,
): Separation<Item, Whole, Fault> {
  let sound: readonly Item[] = [];
  let whole: Whole | undefined;
  const broken: { item: Item; fault: Fault }[] = [];
  const add = (group: readonly Item[]): void => {
    const [first] = group;
    if (first === undefined) return;
    const together = [...sound, ...group];
    const result = attempt(together);
    if (result.kind === "whole") {
      sound = together;
      whole = result.whole;
    } else if (group.length === 1) broken.push({ item: first, fault: result.fault });
    else {
      const middle = group.length >> 1;
      add(group.slice(0, middle));
      add(group.slice(middle));
    }
  };
  add(items);
  return { sound, whole, broken };
}
