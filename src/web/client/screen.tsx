import type { JSX } from "preact";
import { ActivityScreen } from "./activity-screen.tsx";
import { ApplyScreen } from "./apply-screen.tsx";
import { BatchScreen } from "./batch-screen.tsx";
import { CompareScreen } from "./compare-screen.tsx";
import { ItemScreen } from "./item-screen.tsx";
import { QueueScreen } from "./queue-screen.tsx";
import { useReview } from "./review-context.ts";

/** The screen of the address. */
export function Screen(): JSX.Element {
  const { view, id } = useReview().route;
  switch (view) {
    case "queue":
      return <QueueScreen />;
    case "review":
    case "edit":
    case "conflict":
      return <ItemScreen key={id} />;
    case "batch":
      return <BatchScreen />;
    case "apply":
      return <ApplyScreen />;
    case "activity":
      return <ActivityScreen />;
    case "compare":
      return <CompareScreen />;
    default:
      return view satisfies never;
  }
}
