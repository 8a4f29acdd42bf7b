import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visible } from "../../core/sanitise.ts";
import { wordDiff } from "../../review/diff.ts";
import type { ProposalItem } from "../api.ts";
import { DiffView } from "./diff-view.tsx";
import { lineDiff } from "./line-diff.ts";
import { Group, Listed } from "./listed.tsx";
import { flagWord } from "./words.ts";

/** Where the draft comes from and what speaks against it. */
export function ProposalDetails({ item }: { readonly item: ProposalItem }): JSX.Element {
  const { row, findings, doubts, citations, provenance } = item;
  return (
    <>
      <h2>Details</h2>
      <Listed name="Flags" texts={row.flags.map(flagWord)} look="warn" />
      <Listed name="Findings of the critique" texts={findings} look="warn" />
      <Listed name="Doubts the model told" texts={doubts} look="warn" />
      {citations.length === 0 ? null : (
        <Group name="Sources cited">
          <ul class="plain">
            {citations.map(({ place, quote }, at) => (
              <li key={at}>
                {visible(place)}
                {quote === null ? null : <q class="quote">{visible(quote)}</q>}
              </li>
            ))}
          </ul>
        </Group>
      )}
      <Group name="Where it comes from">
        <dl class="facts">
          {provenance.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{visible(value)}</dd>
            </div>
          ))}
        </dl>
      </Group>
      <Revisions item={item} />
    </>
  );
}

interface Version {
  readonly name: string;
  readonly text: string;
}

/** Any two of: the draft as it is, as it was generated, and earlier revisions. */
function Revisions({ item }: { readonly item: ProposalItem }): JSX.Element | null {
  const versions = versionsOf(item);
  const [chosen, setChosen] = useState({ from: 1, to: 0 });
  const [from, to] = [versions[chosen.from], versions[chosen.to]];
  if (versions.length < 2 || from === undefined || to === undefined) return null;
  const choice = (name: string, key: "from" | "to"): JSX.Element => (
    <label class="field">
      {name}
      <select
        value={chosen[key]}
        onChange={(event) => setChosen({ ...chosen, [key]: Number(event.currentTarget.value) })}
      >
        {versions.map((version, at) => (
          <option key={at} value={at}>
            {version.name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <Group name="Revisions">
      {choice("From", "from")}
      {choice("To", "to")}
      <DiffView diff={item.kind === "answer" ? wordDiff(from.text, to.text) : lineDiff(from.text, to.text)} />
    </Group>
  );
}

function versionsOf({ draft, generated, row, revisions }: ProposalItem): readonly Version[] {
  return [
    { name: `revision ${row.revision}${generated === null ? "" : ", edited"}`, text: draft },
    ...(generated === null ? [] : [{ name: `revision ${row.revision} as generated`, text: generated }]),
    ...revisions.map((each) => ({ name: `revision ${each.revision}`, text: each.draft })),
  ];
}
