import type { ComponentChildren, JSX } from "preact";
import { useReview } from "./review-context.ts";

export interface Action {
  readonly name: string;
  readonly letter: string;
  readonly act: () => void;
  readonly isMain?: boolean;
  readonly isOff?: boolean;
}

interface DecisionBarProps {
  readonly actions: readonly Action[];
  readonly children?: ComponentChildren;
}

/** What can be done with the item, always in reach. */
export function DecisionBar({ actions, children }: DecisionBarProps): JSX.Element {
  const { hasShortcuts } = useReview().settings;
  return (
    <div class="bar" role="group" aria-label="Decision">
      {children}
      {actions.map(({ name, letter, act, isMain, isOff }) => (
        <button
          key={name}
          type="button"
          class={isMain === true ? "primary" : ""}
          onClick={act}
          disabled={isOff}
          aria-keyshortcuts={hasShortcuts ? letter : undefined}
        >
          {name}
          {hasShortcuts && letter !== "" ? <kbd aria-hidden="true">{letter}</kbd> : null}
        </button>
      ))}
    </div>
  );
}
