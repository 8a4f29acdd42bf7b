import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visible } from "../../core/sanitise.ts";
import type { DecisionRequest, GradeItem } from "../api.ts";
import { AnswerText } from "./answer-text.tsx";
import { type Action, DecisionBar } from "./decision-bar.tsx";
import { GradeLevels } from "./grade-levels.tsx";
import { GradeNotes } from "./grade-notes.tsx";
import { ItemHead } from "./item-head.tsx";
import { Panes } from "./panes.tsx";
import { useCommands } from "./use-commands.ts";
import { type Decisions, useDecisions } from "./use-decisions.ts";
import type { ItemView } from "./use-item.ts";
import { type Levels, useLevels } from "./use-levels.ts";
import { plural } from "./words.ts";

interface GradeProps {
  readonly item: GradeItem;
  readonly before: GradeItem | undefined;
  readonly view: ItemView;
}

/** One answer: read it, set levels, and only then see the judge's; confirm these or set one's own. */
export function GradeScreen({ item, before, view }: GradeProps): JSX.Element {
  const decisions = useDecisions(item, view);
  const levels = useLevels(item);
  const [reason, setReason] = useState("");
  const [isBusy, setBusy] = useState(false);
  const send = async (decision: DecisionRequest): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    // The judge appears once own levels are saved: there is something to look at before going on.
    const isDone = await decisions.decide(decision, decision.action === "mark" || decision.action === "withdraw");
    setBusy(false);
    if (isDone) setReason("");
  };
  const actions = actionsOf({ item, levels, reason: reason.trim(), send, decisions });
  const main = actions.find(({ isMain }) => isMain);
  useCommands({
    accept: () => (main?.isOff === true ? document.getElementById("reason")?.focus() : main?.act()),
    skip: decisions.skip,
    next: () => decisions.step(1),
    previous: () => decisions.step(-1),
  });
  return (
    <div class="item grade">
      <ItemHead item={item} place={decisions.place} onStep={decisions.step} />
      {before === undefined ? null : (
        <section class="notice info" role="alert" aria-label="Changed elsewhere">
          <h2>This grade changed elsewhere while you looked at it</h2>
          <p>What you chose and typed here is kept. The page shows the grade as it is now.</p>
          <button type="button" onClick={view.settle}>
            I have seen it
          </button>
        </section>
      )}
      <Panes
        names={["Question", "Answer", "Levels"]}
        question={<Reference item={item} />}
        main={
          <>
            <h2>Answer</h2>
            <AnswerText item={item} />
          </>
        }
        details={
          <>
            <GradeLevels item={item} levels={levels} />
            <GradeNotes item={item} reason={reason} onReason={setReason} />
          </>
        }
      />
      <DecisionBar actions={actions}>
        <span class="note" role="status">
          {statusOf(item, levels)}
        </span>
      </DecisionBar>
    </div>
  );
}

interface ActionParts {
  readonly item: GradeItem;
  readonly levels: Levels;
  readonly reason: string;
  readonly send: (decision: DecisionRequest) => Promise<void>;
  readonly decisions: Decisions;
}

function actionsOf({ item, levels, reason, send, decisions }: ActionParts): readonly Action[] {
  const skip: Action = { name: "Skip", letter: "s", act: decisions.skip };
  const chosen = { ...levels.chosen };
  if (item.judge === null) {
    const save: Action = {
      name: "Save my levels",
      letter: "a",
      act: () => void send({ action: "mark", levels: chosen }),
      isMain: true,
      isOff: levels.missing > 0,
    };
    return [skip, save];
  }
  const confirm: Action = {
    name: "Confirm the judge",
    letter: "",
    act: () => void send({ action: "confirm", reason }),
  };
  const override: Action = {
    name: "Override with mine",
    letter: "a",
    act: () => void send({ action: "override", levels: chosen, reason }),
    isMain: true,
    isOff: reason === "" || levels.missing > 0,
  };
  const withdraw: Action = {
    name: "Withdraw",
    letter: "",
    act: () => void send({ action: "withdraw", reason }),
    isOff: reason === "",
  };
  const judged = item.judge.mark !== null;
  return [
    ...(item.override === null ? [] : [withdraw]),
    skip,
    ...(judged && levels.different === 0
      ? [{ ...confirm, letter: "a", isMain: true }]
      : [...(judged ? [confirm] : []), override]),
  ];
}

function statusOf(item: GradeItem, { missing, different }: Levels): string {
  if (missing > 0) return `${plural(missing, "criterion", "criteria")} without a level`;
  if (item.judge === null) return "The judge is shown once your levels are saved";
  if (item.judge.mark === null) return "The judge has no mark";
  return different === 0 ? "You and the judge agree" : `You differ on ${plural(different, "criterion", "criteria")}`;
}

function Reference({ item }: { readonly item: GradeItem }): JSX.Element {
  const parts: readonly (readonly [string, string])[] = [
    ["Guidelines", item.guidelines],
    ["Reference answer", item.reference],
  ];
  return (
    <>
      <h2>To grade by</h2>
      {parts.map(([name, text]) =>
        text.trim() === "" ? null : (
          <section class="group" key={name}>
            <h3>{name}</h3>
            <p class="prose">{visible(text)}</p>
          </section>
        ),
      )}
      {parts.every(([, text]) => text.trim() === "") ? <p class="note">The rubric is all there is.</p> : null}
    </>
  );
}
