import type { JSX } from "preact";
import type { ProposalItem } from "../api.ts";
import { DiffView } from "./diff-view.tsx";
import { lineDiff } from "./line-diff.ts";
import { CodeBlock, Markdown, Source } from "./markdown-view.tsx";
import { presentAnswer } from "./present-answer.ts";
import { Tabs } from "./tabs.tsx";
import { visible } from "../../core/sanitise.ts";

export const DRAFT_TABS = [
  { name: "rendered", words: "Rendered" },
  { name: "diff", words: "Word diff" },
  { name: "source", words: "Source" },
] as const;
export type DraftTab = (typeof DRAFT_TABS)[number]["name"];

interface DraftPanelProps {
  readonly item: ProposalItem;
  readonly tab: DraftTab;
  readonly onTab: (tab: DraftTab) => void;
}

export function DraftPanel({ item, tab, onTab }: DraftPanelProps): JSX.Element {
  const tabs = item.kind === "answer" ? DRAFT_TABS : LINE_TABS;
  return (
    <>
      <h2 class="heard">Draft</h2>
      <Tabs label="Draft as" tabs={tabs} current={tab} onChange={onTab}>
        {tab === "rendered" ? (
          <Rendered item={item} />
        ) : tab === "source" ? (
          <Source text={item.draft} />
        ) : (
          <Changes item={item} />
        )}
      </Tabs>
    </>
  );
}

const LINE_TABS = DRAFT_TABS.map(({ name, words }) => ({ name, words: name === "diff" ? "Line diff" : words }));

function Rendered({ item }: { readonly item: ProposalItem }): JSX.Element {
  if (item.kind === "rubric") return <CodeBlock language="yaml" text={visible(item.draft)} />;
  return <Markdown text={item.draft} />;
}

/** Over an empty place all of the draft is new; a wall of insertions would only hide it. */
function Changes({ item }: { readonly item: ProposalItem }): JSX.Element {
  const now = presentAnswer(item);
  if (now === undefined) return <Source text={item.draft} note="No answer stands there yet: all of this is new." />;
  return <DiffView diff={item.kind === "answer" ? item.diff : lineDiff(now, item.draft)} />;
}
