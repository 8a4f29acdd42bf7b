import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FACETS, FIRST_FILTER, NO_FILTER } from "../../../src/web/client/queue-filter.ts";
import { readRoute, type Route, routeSearch, START, VIEWS } from "../../../src/web/client/route.ts";
import { SORT_KEYS } from "../../../src/web/client/queue-sort.ts";

const values = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }), { maxLength: 3 });
const chosen = fc.record({
  status: values,
  kind: values,
  state: values,
  flag: values,
  confidence: values,
  file: values,
  model: values,
  prompt: values,
});
const routes: fc.Arbitrary<Route> = fc.record({
  view: fc.constantFrom(...VIEWS),
  id: fc.string({ unit: "grapheme" }),
  filter: fc.record({ text: fc.string({ unit: "grapheme" }), chosen }),
  sort: fc.oneof(
    fc.constant({ key: undefined, isDescending: false }),
    fc.record({ key: fc.constantFrom(...SORT_KEYS), isDescending: fc.boolean() }),
  ),
  left: fc.string(),
  right: fc.string(),
});

describe("the place in the address", () => {
  test("comes back from the address as it went in", () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(readRoute(routeSearch(route))).toEqual(route);
      }),
    );
  });

  test("says nothing at the start, and says that all statuses are meant", () => {
    expect([
      routeSearch(START),
      routeSearch({ ...START, filter: NO_FILTER }),
      routeSearch({
        ...START,
        view: "review",
        id: "q-1",
        filter: { text: "lock & key", chosen: { ...FIRST_FILTER.chosen, state: ["clean", "moved"] } },
        sort: { key: "words", isDescending: true },
      }),
    ]).toEqual(["?", "?status=", "?view=review&id=q-1&text=lock+%26+key&state=clean&state=moved&sort=-words"]);
  });

  test.each(["?view=nonsense&sort=nonsense", "", "?unknown=1"])("leaves out what it does not know: %s", (search) => {
    const { sort, ...route } = readRoute(search);
    expect({ ...route, sort: sort.key }).toEqual({ ...START, sort: undefined });
  });

  test("names every facet once", () => {
    expect(Object.keys(NO_FILTER.chosen).toSorted()).toEqual(FACETS.toSorted());
  });
});
