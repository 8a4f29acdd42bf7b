import type { JSX } from "preact";
import { ConflictScreen } from "./conflict-screen.tsx";
import { EditScreen } from "./edit-screen.tsx";
import { GradeScreen } from "./grade-screen.tsx";
import { Link } from "./link.tsx";
import { ProposalScreen } from "./proposal-screen.tsx";
import { useReview } from "./review-context.ts";
import { ScreenTitle } from "./screen-title.tsx";
import { type ItemView, useItem } from "./use-item.ts";

/** The item of the address, on the screen that the address asks for. */
export function ItemScreen(): JSX.Element {
  const { route } = useReview();
  const view = useItem();
  const { shown, fault } = view;
  if (shown === undefined) return fault === "" ? <Loading /> : <Gone fault={fault} />;
  const { item, before } = shown;
  if (item.kind === "grade") {
    return <GradeScreen item={item} before={before?.kind === "grade" ? before : undefined} view={view} />;
  }
  const props: ProposalProps = { item, before: before?.kind === "grade" ? undefined : before, view };
  if (route.view === "edit") return <EditScreen {...props} />;
  return route.view === "conflict" ? <ConflictScreen {...props} /> : <ProposalScreen {...props} />;
}

export interface ProposalProps {
  readonly item: Exclude<NonNullable<ItemView["shown"]>["item"], { readonly kind: "grade" }>;
  readonly before: ProposalProps["item"] | undefined;
  readonly view: ItemView;
}

function Loading(): JSX.Element {
  return <h1 class="loading">Reading the item…</h1>;
}

function Gone({ fault }: { readonly fault: string }): JSX.Element {
  return (
    <div class="empty">
      <ScreenTitle name="Not there" about="gone">
        This item is not there
      </ScreenTitle>
      <p>{fault}</p>
      <Link to={{ view: "queue", id: "" }} class="button">
        Back to the queue
      </Link>
    </div>
  );
}
