import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ChangedNotice } from "./changed-notice.tsx";
import { type Action, DecisionBar } from "./decision-bar.tsx";
import { DRAFT_TABS, DraftPanel, type DraftTab } from "./draft-panel.tsx";
import { ItemHead } from "./item-head.tsx";
import type { ProposalProps } from "./item-screen.tsx";
import { Panes } from "./panes.tsx";
import { type Act, hindrance } from "./proposal-actions.ts";
import { ProposalDetails } from "./proposal-details.tsx";
import { QuestionPane } from "./question-pane.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useReview } from "./review-context.ts";
import { TroubleNotice } from "./trouble-notice.tsx";
import { useCommands } from "./use-commands.ts";
import { useDecisions } from "./use-decisions.ts";

/** One draft: what is asked, what would be written, where it comes from; and the decision. */
export function ProposalScreen({ item, before, view }: ProposalProps): JSX.Element {
  const { go, tell } = useReview();
  const decisions = useDecisions(item, view);
  const [tab, setTab] = useState<DraftTab>(item.now === null || item.now === "" ? "rendered" : "diff");
  const [asking, setAsking] = useState<"reject" | "redo" | undefined>(undefined);
  const able = (act: Act, perform: () => void) => (): void => {
    const why = hindrance(item, act);
    if (why === undefined) perform();
    else tell({ kind: "problem", message: why });
  };
  const accept = able("accept", () => void decisions.decide({ action: "accept" }));
  const edit = able("edit", () => go({ view: "edit" }));
  const reject = able("reject", () => setAsking("reject"));
  const redo = able("reject", () => setAsking("redo"));
  const takeBack = (): void => void decisions.decide({ action: "undo" }, true);
  useCommands({
    accept,
    edit,
    reject,
    redo,
    skip: decisions.skip,
    next: () => decisions.step(1),
    previous: () => decisions.step(-1),
    tab: () => setTab(tabAfter(tab)),
    details: () => document.getElementById("details")?.focus(),
    ...(item.trouble?.kind === "conflict" ? { conflict: () => go({ view: "conflict" }) } : {}),
  });
  const isOff = (act: Act): boolean => hindrance(item, act) !== undefined;
  const undo: Action = { name: "Take back", letter: "", act: takeBack };
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
      <DecisionBar
        actions={[
          ...(isOff("undo") ? [] : [undo]),
          { name: "Reject", letter: "r", act: reject, isOff: isOff("reject") },
          { name: "Reject + redo", letter: "x", act: redo, isOff: isOff("reject") },
          { name: "Skip", letter: "s", act: decisions.skip },
          { name: "Edit", letter: "e", act: edit, isOff: isOff("edit") },
          { name: "Accept", letter: "a", act: accept, isMain: true, isOff: isOff("accept") },
        ]}
      />
      {asking === undefined ? null : (
        <ReasonDialog
          action={asking}
          onClose={() => setAsking(undefined)}
          onReason={(reason) => {
            setAsking(undefined);
            void decisions.decide({ action: asking, reason });
          }}
        />
      )}
    </div>
  );
}

function tabAfter(tab: DraftTab): DraftTab {
  const at = DRAFT_TABS.findIndex(({ name }) => name === tab);
  return DRAFT_TABS[(at + 1) % DRAFT_TABS.length]?.name ?? "rendered";
}
