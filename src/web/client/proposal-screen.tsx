import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ChangedNotice } from "./changed-notice.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { DRAFT_TABS, DraftPanel, type DraftTab } from "./draft-panel.tsx";
import { ItemHead } from "./item-head.tsx";
import type { ProposalProps } from "./item-screen.tsx";
import { Panes } from "./panes.tsx";
import { presentAnswer } from "./present-answer.ts";
import { ProposalDetails } from "./proposal-details.tsx";
import { QuestionPane } from "./question-pane.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useReview } from "./review-context.ts";
import { TroubleNotice } from "./trouble-notice.tsx";
import { useCommands } from "./use-commands.ts";
import { useDecisions } from "./use-decisions.ts";
import { useProposalActions } from "./use-proposal-actions.ts";

/** One draft: what is asked, what would be written, where it comes from; and the decision. */
export function ProposalScreen({ item, before, view }: ProposalProps): JSX.Element {
  const { go } = useReview();
  const decisions = useDecisions(item, view);
  const { actions, handlers, asking, answer } = useProposalActions(item, decisions);
  const [tab, setTab] = useState<DraftTab>(presentAnswer(item) === undefined ? "rendered" : "diff");
  useCommands({
    ...handlers,
    next: () => decisions.step(1),
    previous: () => decisions.step(-1),
    tab: () => setTab(tabAfter(tab)),
    ...(item.trouble?.kind === "conflict" ? { conflict: () => go({ view: "conflict" }) } : {}),
  });
  return (
    <div class="item">
      <ItemHead item={item} place={decisions.place} onStep={decisions.step} />
      {before === undefined ? null : <ChangedNotice before={before} item={item} onSettle={view.settle} />}
      {item.trouble === null ? null : <TroubleNotice trouble={item.trouble} decide={decisions.decide} />}
      <Panes
        names={["Question", "Draft", "Details"]}
        question={<QuestionPane item={item} />}
        main={<DraftPanel item={item} tab={tab} onTab={setTab} />}
        details={<ProposalDetails item={item} />}
      />
      <DecisionBar actions={actions} />
      {asking === undefined ? null : (
        <ReasonDialog action={asking} onReason={answer} onClose={() => answer(undefined)} />
      )}
    </div>
  );
}

function tabAfter(tab: DraftTab): DraftTab {
  const at = DRAFT_TABS.findIndex(({ name }) => name === tab);
  return DRAFT_TABS[(at + 1) % DRAFT_TABS.length]?.name ?? "rendered";
}
