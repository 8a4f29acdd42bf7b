import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visible } from "../../core/sanitise.ts";
import type { MergeRegion } from "../../review/conflict.ts";
import { ChangedNotice } from "./changed-notice.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { ItemHead } from "./item-head.tsx";
import type { ProposalProps } from "./item-screen.tsx";
import { Link } from "./link.tsx";
import { Markdown } from "./markdown-view.tsx";
import { mergedText, openChoices, type Side } from "./merge-choice.ts";
import { useReview } from "./review-context.ts";
import { useDecisions } from "./use-decisions.ts";
import { useSettled } from "./use-settled.ts";
import { plural } from "./words.ts";

/** What the file holds against what was drafted: a person makes one text of both. */
export function ConflictScreen(props: ProposalProps): JSX.Element {
  const { item, before, view } = props;
  const decisions = useDecisions(item, view);
  const trouble = item.trouble?.kind === "conflict" ? item.trouble : undefined;
  return (
    <div class="item">
      <ItemHead item={item} place={decisions.place} onStep={decisions.step} />
      {before === undefined ? null : <ChangedNotice before={before} item={item} onSettle={view.settle} />}
      {trouble === undefined ? (
        <section class="notice info">
          <h2>There is no conflict here any more</h2>
          <Link to={{ view: "review" }} class="button">
            Back to the review
          </Link>
        </section>
      ) : (
        <Merge {...props} regions={trouble.offer.regions} isMerged={trouble.offer.merged !== undefined} />
      )}
    </div>
  );
}

interface MergeProps extends ProposalProps {
  readonly regions: readonly MergeRegion[];
  readonly isMerged: boolean;
}

function Merge({ item, view, regions, isMerged }: MergeProps): JSX.Element {
  const { client, go, valueOf } = useReview();
  const decisions = useDecisions(item, view);
  const [sides, setSides] = useState<ReadonlyMap<number, Side>>(new Map());
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const result = typed ?? mergedText(regions, sides);
  const open = typed === undefined ? openChoices(regions, sides) : 0;
  const settled = useSettled(result);
  const use = async (): Promise<void> => {
    const answer = await client.saveDraft(item.row.id, view.etag(), result);
    if (answer.status === "conflict") view.reload();
    const saved = valueOf(answer);
    if (saved === undefined) return;
    view.own(saved.etag, result);
    if (await decisions.decide({ action: "reanchor" }, true)) go({ view: "review" });
  };
  return (
    <>
      <p class="lead">
        {isMerged
          ? "Both changes lie apart from each other. The result holds both; look it over."
          : "Take a side for each place where they differ, or write the result yourself."}
      </p>
      <div class="merge">
        <h2 class="heard">Places that differ</h2>
        {regions.map((region, at) => (
          <Region
            key={at}
            at={at}
            region={region}
            side={sides.get(at)}
            isOff={typed !== undefined}
            onSide={(side) => setSides(new Map(sides).set(at, side))}
          />
        ))}
      </div>
      <div class="editor">
        <label class="field">
          <span class="label">Result</span>
          <textarea id="result" value={result} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <section aria-label="Result, rendered" class="preview">
          <Markdown text={settled} />
        </section>
      </div>
      <DecisionBar
        actions={[
          ...(typed === undefined ? [] : [{ name: "Back to the choices", letter: "", act: () => setTyped(undefined) }]),
          { name: "Back to review", letter: "", act: () => go({ view: "review" }) },
          { name: "Use this result", letter: "", act: () => void use(), isMain: true, isOff: open > 0 },
        ]}
      >
        <span class="note" role="status">
          {open === 0 ? "" : `${plural(open, "choice")} open`}
        </span>
      </DecisionBar>
    </>
  );
}

interface RegionProps {
  readonly at: number;
  readonly region: MergeRegion;
  readonly side: Side | undefined;
  readonly isOff: boolean;
  readonly onSide: (side: Side) => void;
}

const SIDES: readonly (readonly [Side, string])[] = [
  ["now", "Take what the file holds"],
  ["draft", "Take the draft"],
  ["both", "Keep both"],
];

function Region({ at, region, side, isOff, onSide }: RegionProps): JSX.Element {
  if (region.kind === "agreed") return <p class="agreed">{visible(region.text)}</p>;
  return (
    <fieldset class="choice" disabled={isOff}>
      <legend>Place {at + 1}</legend>
      <div class="versions">
        <Version name="Now in the file" text={region.now} isTaken={side === "now" || side === "both"} />
        <Version name="Draft" text={region.draft} isTaken={side === "draft" || side === "both"} />
      </div>
      {region.base === "" ? null : (
        <details>
          <summary>As it was when this was drafted</summary>
          <p class="prose">{visible(region.base)}</p>
        </details>
      )}
      <div class="sides">
        {SIDES.map(([value, words]) => (
          <label class="tick" key={value}>
            <input type="radio" name={`region-${at}`} checked={side === value} onChange={() => onSide(value)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface VersionProps {
  readonly name: string;
  readonly text: string;
  readonly isTaken: boolean;
}

function Version({ name, text, isTaken }: VersionProps): JSX.Element {
  return (
    <section class={isTaken ? "version taken" : "version"} aria-label={name}>
      <h3>
        {name}
        {isTaken ? <span class="mark-word">taken</span> : null}
      </h3>
      {text.trim() === "" ? <p class="note">nothing</p> : <p class="prose">{visible(text)}</p>}
    </section>
  );
}
