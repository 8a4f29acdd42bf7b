import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Review } from "./review-context.ts";
import { readRoute, type Route, routeSearch } from "./route.ts";

/** The place in the address, and how to go to another one. */
export function useRoute(): readonly [Route, Review["go"]] {
  const [route, setRoute] = useState(() => readRoute(location.search));
  const current = useRef(route);
  const show = (next: Route): void => {
    current.current = next;
    setRoute(next);
  };
  useEffect(() => {
    const follow = (): void => show(readRoute(location.search));
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);
  const go = useCallback<Review["go"]>((change, way = "push") => {
    // What stays the same stays the same object, so that nothing is counted anew for it.
    const next = { ...current.current, ...change };
    setAddress(location.pathname + routeSearch(next), way);
    show(next);
    if (way === "push") window.scrollTo(0, 0);
  }, []);
  return [route, go];
}

function setAddress(address: string, way: "push" | "replace"): void {
  try {
    if (way === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // Some browsers limit how often an address may change; the next change brings it up to date.
  }
}
