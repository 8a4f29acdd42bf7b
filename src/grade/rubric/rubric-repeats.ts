/** An item whose key an earlier item has. */
export interface Repeat<Item> {
  readonly first: Item;
  readonly firstPlace: number;
  readonly again: Item;
  /** 0-based place of `again`. */
  readonly place: number;
}

/** Items that repeat the first item with the same key, in order; those without a key repeat nothing. */
export function repeatsIn<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): readonly Repeat<Item>[] {
  const firstPlaces = new Map<string, number>();
  return items.flatMap((again, place) => {
    const key = keyOf(again);
    if (key === undefined) return [];
    const firstPlace = firstPlaces.get(key);
    const first = firstPlace === undefined ? undefined : items[firstPlace];
    if (firstPlace !== undefined && first !== undefined) return [{ first, firstPlace, again, place }];
    firstPlaces.set(key, place);
    return [];
  });
}
