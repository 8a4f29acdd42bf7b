import type { JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import type { ProposalItem } from "../api.ts";

/** The question among its neighbours, and what the bank holds for it now. */
export function QuestionPane({ item }: { readonly item: ProposalItem }): JSX.Element {
  const { neighbours, restored, body, now } = item;
  return (
    <>
      <h2>In the bank</h2>
      <dl class="facts">
        <Neighbour name="Before it" text={neighbours.before} />
        {restored === null ? null : <Neighbour name="Read as" text={restored} />}
        <Neighbour name="After it" text={neighbours.after} />
      </dl>
      {body === "" ? null : (
        <>
          <h3>Below the question</h3>
          <blockquote class="now">{visible(body)}</blockquote>
        </>
      )}
      <h3>Holds now</h3>
      {now === null ? (
        <p class="note">The question is not in the bank.</p>
      ) : now === "" ? (
        <p class="note">Nothing: the place is empty.</p>
      ) : (
        <blockquote class="now">{visible(now)}</blockquote>
      )}
    </>
  );
}

function Neighbour({ name, text }: { readonly name: string; readonly text: string | null }): JSX.Element | null {
  if (text === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{visible(text)}</dd>
    </div>
  );
}
