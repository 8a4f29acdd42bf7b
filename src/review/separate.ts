/** Items that hold together, and those that do not, each with its fault. Both in the order given. */
export interface Separation<Item, Fault> {
  readonly sound: readonly Item[];
  readonly broken: readonly { readonly item: Item; readonly fault: Fault }[];
}

/**
 * Finds the items that break a whole, by halving: one check where none does, and about twice the logarithm of their
 * number for each that does. What comes out as sound was checked together. An item whose fault shows only beside
 * another is put down to the later of the two.
 */
export function separate<Item, Fault>(
  items: readonly Item[],
  findFault: (together: readonly Item[]) => Fault | undefined,
): Separation<Item, Fault> {
  const sound: Item[] = [];
  const broken: { item: Item; fault: Fault }[] = [];
  const add = (group: readonly Item[]): void => {
    const [first] = group;
    if (first === undefined) return;
    const fault = findFault([...sound, ...group]);
    if (fault === undefined) sound.push(...group);
    else if (group.length === 1) broken.push({ item: first, fault });
    else {
      const middle = group.length >> 1;
      add(group.slice(0, middle));
      add(group.slice(middle));
    }
  };
  add(items);
  return { sound, broken };
}
