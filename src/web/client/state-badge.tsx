import type { JSX } from "preact";
import type { QueueRow } from "../api.ts";
import { Icon } from "./icon.tsx";
import { stateLook, stateWord } from "./words.ts";

/** A state by icon, word and colour; what it means is in its title. */
export function StateBadge({ row }: { readonly row: Pick<QueueRow, "kind" | "state"> }): JSX.Element {
  const { tone, meaning } = stateLook(row);
  return (
    <span class={`badge ${tone}`} title={meaning}>
      <Icon tone={tone} />
      {stateWord(row.state)}
    </span>
  );
}
