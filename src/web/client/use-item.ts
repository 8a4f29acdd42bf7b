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
  /** An etag that this page's own change led to: no news. */
  readonly own: (etag: string | null) => void;
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

/** The item of the address, asked for again whenever something changed. What a person types is kept elsewhere. */
export function useItem(): ItemView {
  const { client, route, settings, epoch } = useReview();
  const { id } = route;
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined);
  const [fault, setFault] = useState("");
  const ownEtags = useRef(new Set<string>());
  const latest = useRef("");
  const [asked, setAsked] = useState(0);
  useAnswer(
    () => client.item(id, settings.isBlind),
    (answer) => {
      setFault(answer.status === "ok" ? "" : answer.message);
      if (answer.status !== "ok") return;
      const { value } = answer;
      latest.current = value.etag;
      setLoaded((last) => ({ id, item: value, before: newsOf(last, id, value, ownEtags.current) }));
    },
    [client, id, settings.isBlind, epoch, asked],
  );
  return {
    shown: loaded?.id === id ? loaded : undefined,
    fault,
    own: (etag) => {
      if (etag === null) return;
      ownEtags.current.add(etag);
      latest.current = etag;
    },
    etag: () => latest.current,
    reload: () => setAsked((times) => times + 1),
    settle: () => setLoaded((last) => last && { ...last, before: undefined }),
  };
}

/** The oldest form that the reader knows, until that is settled. */
function newsOf(last: Loaded | undefined, id: string, item: Item, own: ReadonlySet<string>): Item | undefined {
  if (last?.id !== id) return undefined;
  const isNews = last.item.etag !== item.etag && !own.has(item.etag);
  return last.before ?? (isNews ? last.item : undefined);
}
