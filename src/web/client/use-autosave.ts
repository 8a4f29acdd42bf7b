import { useEffect, useRef, useState } from "preact/hooks";
import type { ProposalProps } from "./item-screen.tsx";
import { keepText, keptText } from "./kept-text.ts";
import { useReview } from "./review-context.ts";

export type SaveState =
  | { readonly kind: "saved" | "typing" | "saving" }
  /** Somebody else changed the draft: nothing is saved until the reader says which text counts. */
  | { readonly kind: "overtaken" }
  | { readonly kind: "refused"; readonly message: string };

export interface Autosave {
  readonly text: string;
  /** The draft that was typed from. */
  readonly base: string;
  readonly type: (text: string) => void;
  readonly state: SaveState;
  /** Saves at once what is not saved yet. @returns true where all of it is. */
  readonly save: () => Promise<boolean>;
  /** Of two texts, this page's and somebody else's, one counts from now on. */
  readonly settle: (whose: "mine" | "theirs") => void;
}

const PAUSE_MS = 700;

/** What is typed, saved as the draft at every pause. It stays in this tab until it is saved, over reloads and refusals. */
export function useAutosave({ item, view }: Pick<ProposalProps, "item" | "view">): Autosave {
  const { client, valueOf } = useReview();
  const [start] = useState(() => keptText(item.row.id) ?? { text: item.draft, base: item.draft });
  const [text, setText] = useState(start.text);
  const [state, setState] = useState<SaveState>({ kind: text === start.base ? "saved" : "typing" });
  const saved = useRef(start.base);
  const current = useRef(text);
  const running = useRef<Promise<boolean>>(Promise.resolve(true));
  const isOvertaken = item.draft !== saved.current && item.draft !== text;
  const type = (typed: string): void => {
    current.current = typed;
    setText(typed);
    keepText(item.row.id, { text: typed, base: saved.current });
    setState({ kind: typed === saved.current ? "saved" : "typing" });
  };
  const settle: Autosave["settle"] = (whose) => {
    saved.current = item.draft;
    type(whose === "mine" ? current.current : item.draft);
    view.settle();
  };
  const saveOnce = async (): Promise<boolean> => {
    const draft = current.current;
    if (draft === saved.current) return true;
    setState({ kind: "saving" });
    const answer = await client.saveDraft(item.row.id, view.etag(), draft);
    if (answer.status !== "ok") {
      if (answer.status === "expired") valueOf(answer);
      if (answer.status === "conflict") view.reload();
      setState({ kind: "refused", message: answer.status === "expired" ? "The session is over." : answer.message });
      return false;
    }
    view.own(answer.value.etag, draft);
    saved.current = draft;
    if (draft !== current.current) return saveOnce();
    keepText(item.row.id, { text: draft, base: draft });
    setState({ kind: "saved" });
    return true;
  };
  // One after the other: two at once would both name the same etag, and the second would be refused for it.
  const save = (): Promise<boolean> => {
    running.current = running.current.then(saveOnce);
    return running.current;
  };
  useEffect(() => {
    // Nothing of one's own is at stake: the newer text is the one to go on from.
    if (item.draft !== saved.current && current.current === saved.current) settle("theirs");
  }, [item.draft]);
  useEffect(() => {
    const isDue = state.kind === "typing" && !isOvertaken;
    const timer = isDue ? window.setTimeout(() => void save(), PAUSE_MS) : 0;
    return () => window.clearTimeout(timer);
  }, [text, state.kind, isOvertaken]);
  return { text, base: saved.current, type, state: isOvertaken ? { kind: "overtaken" } : state, save, settle };
}
