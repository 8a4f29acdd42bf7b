import { useRef, useState } from "preact/hooks";
import type { Item } from "../api.ts";
import { useReview } from "./review-context.ts";
import { useAnswer } from "./use-answer.ts";

export interface ShownItem {
  readonly item: Item;
  /** As it was before something else than this page changed it; undefined where nothing did. */
  readonly before: Item | undefined;
}

export interface ItemView {
  /** Undefined until it came. */
  readonly shown: ShownItem | undefined;
  /** Why it cannot be shown; "" where nothing speaks against it. */
  readonly fault: string;
  /** What this page's own change led to, so that it is no news: the etag, and the draft where that is another. */
  readonly own: (etag: string | null, draft?: string) => void;
  /** To be sent with the next change: of the item as shown, or as this page last left it. */
  readonly etag: () => string;
  /** Asks for it again, after a refusal for being late. */
  readonly reload: () => void;
  /** What changed elsewhere was read. */
  readonly settle: () => void;
}

interface Loaded extends ShownItem {
  readonly id: string;
}

/** Etags that this page's own changes led to, in order. */
type OwnEtags = readonly string[];

/** The item of the address, asked for again whenever something changed. What a person types is kept elsewhere. */
export function useItem(): ItemView {
  const { client, route, settings, epoch } = useReview();
  const { id } = route;
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined);
  const [fault, setFault] = useState("");
  const [asked, setAsked] = useState(0);
  const own = useRef<OwnEtags>([]);
  const latest = useRef("");
  useAnswer(
    () => client.item(id, settings.isBlind),
    (answer) => {
      setFault(answer.status === "ok" ? "" : answer.message);
      if (answer.status !== "ok" || isOvertaken(loaded, answer.value, own.current)) return;
      latest.current = answer.value.etag;
      setLoaded((last) => ({ id, item: answer.value, before: newsOf(last, id, answer.value, own.current) }));
    },
    [client, id, settings.isBlind, epoch, asked],
  );
  return {
    shown: loaded?.id === id ? loaded : undefined,
    fault,
    own: (etag, draft) => {
      if (etag === null) return;
      own.current = [...own.current, etag];
      latest.current = etag;
      setLoaded((last) => last && { ...last, item: withDraft(last.item, draft) });
    },
    etag: () => latest.current,
    reload: () => setAsked((times) => times + 1),
    settle: () => setLoaded((last) => last && { ...last, before: undefined }),
  };
}

/** True for a draft as it was before this page's last change, from an answer that was on its way meanwhile. */
function isOvertaken(last: Loaded | undefined, { kind, etag }: Item, own: OwnEtags): boolean {
  if (kind === "grade" || own.length === 0) return false;
  return etag === last?.item.etag || own.slice(0, -1).includes(etag);
}

/** The oldest form that the reader knows, until that is settled. */
function newsOf(last: Loaded | undefined, id: string, item: Item, own: OwnEtags): Item | undefined {
  if (last?.id !== id) return undefined;
  const isNews = last.item.etag !== item.etag && !own.includes(item.etag);
  return last.before ?? (isNews ? last.item : undefined);
}

function withDraft(item: Item, draft: string | undefined): Item {
  return item.kind === "grade" || draft === undefined ? item : { ...item, draft };
}
