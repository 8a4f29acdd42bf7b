import type { JSX } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { wordDiff } from "../../review/diff.ts";
import { ChangedNotice } from "./changed-notice.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { DiffView } from "./diff-view.tsx";
import { ItemHead } from "./item-head.tsx";
import type { ProposalProps } from "./item-screen.tsx";
import { lineDiff } from "./line-diff.ts";
import { CodeBlock, Markdown } from "./markdown-view.tsx";
import { presentAnswer } from "./present-answer.ts";
import { useReview } from "./review-context.ts";
import { Tabs } from "./tabs.tsx";
import { type Autosave, type SaveState, useAutosave } from "./use-autosave.ts";
import { useDecisions } from "./use-decisions.ts";
import { useSettled } from "./use-settled.ts";

const PREVIEWS = [
  { name: "rendered", words: "Rendered" },
  { name: "bank", words: "Against the bank" },
  { name: "generated", words: "Against the generated" },
] as const;
type Preview = (typeof PREVIEWS)[number]["name"];

/** The draft as text, and beside it what will become of it. Saved while one types; accepted only when asked to. */
export function EditScreen(props: ProposalProps): JSX.Element {
  const { item, before, view } = props;
  const { go } = useReview();
  const autosave = useAutosave(props);
  const decisions = useDecisions(item, view);
  const { text, type, state, save } = autosave;
  const back = async (): Promise<void> => {
    if (await save()) go({ view: "review" });
  };
  const accept = async (): Promise<void> => {
    if (await save()) await decisions.decide({ action: "accept" });
  };
  const restore = item.generated ?? item.draft;
  const earlier = before ?? (state.kind === "overtaken" ? { ...item, draft: autosave.base } : undefined);
  return (
    <div class="item editing">
      <ItemHead item={item} place={decisions.place} onStep={decisions.step} />
      {earlier === undefined ? null : (
        <ChangedNotice before={earlier} item={item} onSettle={view.settle}>
          {state.kind === "overtaken" ? <Settle autosave={autosave} /> : undefined}
        </ChangedNotice>
      )}
      <div class="editor">
        <label class="field">
          <span class="label">
            Draft{item.kind === "rubric" ? ", as YAML" : ", as Markdown"} <SaveNote state={state} />
          </span>
          <TextArea autosave={autosave} onLeave={() => void back()} onAccept={() => void accept()} />
        </label>
        <PreviewPane text={text} item={item} />
      </div>
      <DecisionBar
        actions={[
          { name: "Restore generated text", letter: "", act: () => type(restore), isOff: text === restore },
          { name: "Back to review", letter: "", act: () => void back() },
          { name: "Save and accept", letter: "", act: () => void accept(), isMain: true },
        ]}
      />
    </div>
  );
}

function Settle({ autosave: { settle } }: { readonly autosave: Autosave }): JSX.Element {
  return (
    <p class="row">
      <button type="button" onClick={() => settle("mine")}>
        Save my text over it
      </button>
      <button type="button" onClick={() => settle("theirs")}>
        Take the other text
      </button>
    </p>
  );
}

interface TextAreaProps {
  readonly autosave: Autosave;
  readonly onLeave: () => void;
  readonly onAccept: () => void;
}

function TextArea({ autosave: { text, type }, onLeave, onAccept }: TextAreaProps): JSX.Element {
  useLayoutEffect(() => document.getElementById("draft")?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const isAccept = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!isAccept && event.key !== "Escape") return;
    event.preventDefault();
    if (isAccept) onAccept();
    else onLeave();
  };
  return (
    <>
      <textarea
        id="draft"
        value={text}
        spellcheck
        aria-describedby="draft-keys"
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span id="draft-keys" class="note">
        Ctrl Enter saves and accepts, Escape goes back to the review.
      </span>
    </>
  );
}

function SaveNote({ state }: { readonly state: SaveState }): JSX.Element {
  switch (state.kind) {
    case "saved":
      return <span class="save">saved</span>;
    case "typing":
      return <span class="save">not saved yet</span>;
    case "saving":
      return <span class="save">saving…</span>;
    case "overtaken":
      return (
        <span class="save bad" role="alert">
          not saved: the draft changed elsewhere; your text is kept here
        </span>
      );
    case "refused":
      return (
        <span class="save bad" role="alert">
          not saved: {state.message}
        </span>
      );
    default:
      return state satisfies never;
  }
}

function PreviewPane({ text, item }: { readonly text: string; readonly item: ProposalProps["item"] }): JSX.Element {
  const [preview, setPreview] = useState<Preview>("rendered");
  const settled = useSettled(text);
  const difference = item.kind === "answer" ? wordDiff : lineDiff;
  return (
    <Tabs label="Preview" tabs={PREVIEWS} current={preview} onChange={setPreview}>
      {preview === "bank" ? <DiffView diff={difference(presentAnswer(item) ?? "", settled)} /> : null}
      {preview === "generated" ? <DiffView diff={difference(item.generated ?? item.draft, settled)} /> : null}
      {preview === "rendered" && item.kind === "rubric" ? <CodeBlock language="yaml" text={settled} /> : null}
      {preview === "rendered" && item.kind !== "rubric" ? <Markdown text={settled} /> : null}
    </Tabs>
  );
}
