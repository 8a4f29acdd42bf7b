import type { ComponentChildren, JSX } from "preact";
import { useReview } from "./review-context.ts";
import { type Route, routeSearch } from "./route.ts";

interface LinkProps {
  readonly to: Partial<Route>;
  readonly children: ComponentChildren;
  readonly class?: string | undefined;
  readonly isCurrent?: boolean | undefined;
  readonly tabIndex?: number | undefined;
}

/** A place of this page: a real link, so that it opens in another tab as well, followed without loading the page anew. */
export function Link({ to, children, class: look, isCurrent, tabIndex }: LinkProps): JSX.Element {
  const { route, go } = useReview();
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a
      href={routeSearch({ ...route, ...to })}
      onClick={follow}
      class={look}
      tabIndex={tabIndex}
      aria-current={isCurrent === true ? "page" : undefined}
    >
      {children}
    </a>
  );
}
