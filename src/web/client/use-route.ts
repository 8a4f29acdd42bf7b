import { useCallback, useEffect, useState } from "preact/hooks";
import type { Review } from "./review-context.ts";
import { readRoute, type Route, routeSearch } from "./route.ts";

/** The place in the address, and how to go to another one. */
export function useRoute(): readonly [Route, Review["go"]] {
  const [route, setRoute] = useState(() => readRoute(location.search));
  useEffect(() => {
    const follow = (): void => setRoute(readRoute(location.search));
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);
  const go = useCallback<Review["go"]>((change, way = "push") => {
    const next = { ...readRoute(location.search), ...change };
    const address = location.pathname + routeSearch(next);
    if (way === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    setRoute(next);
    if (way === "push") window.scrollTo(0, 0);
  }, []);
  return [route, go];
}
