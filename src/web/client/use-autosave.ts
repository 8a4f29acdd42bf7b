import { useEffect, useRef, useState } from "preact/hooks";
import { useReview } from "./review-context.ts";
import type { ProposalProps } from "./item-screen.tsx";

export type SaveState =
  | { readonly kind: "saved" | "typing" | "saving" }
  /** Somebody else changed the draft: nothing is saved until the reader says which text counts. */
  | { readonly kind: "overtaken" }
  | { readonly kind: "refused"; readonly message: string };

export interface Autosave {
  readonly text: string;
  readonly type: (text: string) => void;
  readonly state: SaveState;
  /** Saves at once what is not saved yet. @returns true where all of it is. */
  readonly save: () => Promise<boolean>;
}

const PAUSE_MS = 700;

/** What is typed, saved as the draft at every pause. It stays in this tab until it is saved, over reloads and refusals. */
export function useAutosave({ item, before, view }: ProposalProps): Autosave {
  const { client, valueOf } = useReview();
  const kept = `answerkey-typed:${item.row.id}`;
  const [text, setText] = useState(() => sessionStorage.getItem(kept) ?? item.draft);
  const [state, setState] = useState<SaveState>({ kind: text === item.draft ? "saved" : "typing" });
  const saved = useRef(item.draft);
  const current = useRef(text);
  const isOvertaken = before !== undefined && before.draft !== item.draft && item.draft !== text;
  const save = async (): Promise<boolean> => {
    const draft = current.current;
    if (draft === saved.current) return true;
    setState({ kind: "saving" });
    const answer = await client.saveDraft(item.row.id, view.etag(), draft);
    if (answer.status !== "ok") {
      const message = answer.status === "expired" ? "The session is over." : answer.message;
      if (answer.status === "expired") valueOf(answer);
      if (answer.status === "conflict") view.reload();
      setState({ kind: "refused", message });
      return false;
    }
    view.own(answer.value.etag);
    saved.current = draft;
    if (draft !== current.current) return save();
    sessionStorage.removeItem(kept);
    setState({ kind: "saved" });
    return true;
  };
  useEffect(() => {
    const isDue = state.kind === "typing" && !isOvertaken;
    const timer = isDue ? window.setTimeout(() => void save(), PAUSE_MS) : 0;
    return () => window.clearTimeout(timer);
  }, [text, state.kind, isOvertaken]);
  return {
    text,
    state: isOvertaken ? { kind: "overtaken" } : state,
    save,
    type: (typed) => {
      current.current = typed;
      setText(typed);
      if (typed === saved.current) sessionStorage.removeItem(kept);
      else sessionStorage.setItem(kept, typed);
      setState({ kind: typed === saved.current ? "saved" : "typing" });
    },
  };
}
