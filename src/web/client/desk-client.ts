import type {
  ActivityEntry,
  ApplyView,
  Change,
  ComparisonView,
  DecisionRequest,
  Item,
  Notice,
  Problem,
  Queue,
  QueueRow,
  RenderReply,
  SessionReply,
} from "../api.ts";
import { lines } from "./read-lines.ts";

/** What a request came to. `conflict`: something is not as the page saw it; `refused`: it will not be done as asked. */
export type Answer<Value> =
  | { readonly status: "ok"; readonly value: Value }
  | { readonly status: "conflict" | "refused" | "failed"; readonly message: string }
  | { readonly status: "expired" };

export type Done = Extract<Change, { readonly status: "done" }>;

const STORED = "answerkey-token";
const CONFLICTS: ReadonlySet<number> = new Set([409, 412]);
const FAILURES: ReadonlySet<number> = new Set([500, 502, 503, 504]);
const AWAY = "The review server does not answer. Nothing typed here is lost; it will be tried again when you ask.";

/** The server, as the page sees it: one method a route, with the token of this session on every request. */
export class DeskClient {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  queue(): Promise<Answer<Queue>> {
    return this.#ask("GET", "/api/queue");
  }

  item(id: string, isBlind: boolean): Promise<Answer<Item>> {
    return this.#ask("GET", `${itemPath(id)}?blind=${isBlind ? "1" : "0"}`);
  }

  decide(id: string, etag: string, decision: DecisionRequest): Promise<Answer<Done>> {
    return this.#ask("POST", `${itemPath(id)}/decision`, { body: decision, etag });
  }

  saveDraft(id: string, etag: string, draft: string): Promise<Answer<Done>> {
    return this.#ask("PUT", `${itemPath(id)}/draft`, { body: { draft }, etag });
  }

  acceptAll(rows: readonly QueueRow[]): Promise<Answer<Done>> {
    const items = rows.map(({ id, etag }) => ({ id, etag }));
    return this.#ask("POST", "/api/batch", { body: { items, expectedCount: items.length } });
  }

  apply(dryRun: boolean): Promise<Answer<ApplyView>> {
    return this.#ask("POST", "/api/apply", { body: { dryRun } });
  }

  undo(seq: number | null): Promise<Answer<Done>> {
    return this.#ask("POST", "/api/undo", { body: { seq } });
  }

  activity(): Promise<Answer<readonly ActivityEntry[]>> {
    return this.#ask("GET", "/api/log");
  }

  compare(left: string, right: string): Promise<Answer<ComparisonView>> {
    return this.#ask("GET", `/api/compare?${new URLSearchParams({ left, right }).toString()}`);
  }

  render(markdown: string): Promise<Answer<RenderReply>> {
    return this.#ask("POST", "/api/render", { body: { markdown } });
  }

  /** Calls back with every notice until the stream ends. */
  async follow(listener: (notice: Notice) => void, signal: AbortSignal): Promise<Answer<void>> {
    try {
      const response = await fetch("/api/events", { headers: this.#headers(), signal });
      if (response.status === 401) return { status: "expired" };
      if (!response.ok || response.body === null) return { status: "failed", message: AWAY };
      for await (const line of lines(response.body)) listener(noticeOf(line));
      return { status: "ok", value: undefined };
    } catch {
      return { status: "failed", message: AWAY };
    }
  }

  async #ask<Value>(method: string, path: string, sent: Sent = {}): Promise<Answer<Value>> {
    try {
      const response = await fetch(path, {
        method,
        headers: {
          ...this.#headers(),
          ...(sent.body === undefined ? {} : { "content-type": "application/json" }),
          ...(sent.etag === undefined ? {} : { "if-match": `"${sent.etag}"` }),
        },
        ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
      });
      if (response.status === 401) return { status: "expired" };
      // Page and server come from one build and share api.ts; a schema library would be half of the bundle.
      if (response.ok) return { status: "ok", value: await response.json() };
      const { message }: Problem = await response.json();
      return { status: faultOf(response.status), message };
    } catch {
      return { status: "failed", message: AWAY };
    }
  }

  #headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#token}` };
  }
}

interface Sent {
  readonly body?: object;
  readonly etag?: string;
}

/**
 * The session of this tab: opened with the code in the address, which is then taken out of it, or still open from before a
 * reload. Undefined where there is neither.
 */
export async function openSession(): Promise<DeskClient | undefined> {
  const code = location.hash.slice(1);
  if (code !== "") {
    history.replaceState(null, "", location.pathname + location.search);
    const token = await redeem(code);
    if (token !== undefined) sessionStorage.setItem(STORED, token);
  }
  const token = sessionStorage.getItem(STORED);
  return token === null ? undefined : new DeskClient(token);
}

async function redeem(code: string): Promise<string | undefined> {
  try {
    const headers = { "x-launch": code, "content-type": "application/json" };
    const response = await fetch("/api/session", { method: "POST", headers, body: "{}" });
    if (!response.ok) return undefined;
    const { token }: SessionReply = await response.json();
    return token;
  } catch {
    return undefined;
  }
}

function faultOf(status: number): "conflict" | "refused" | "failed" {
  if (CONFLICTS.has(status)) return "conflict";
  return FAILURES.has(status) ? "failed" : "refused";
}

function itemPath(id: string): string {
  return `/api/items/${encodeURIComponent(id)}`;
}

function noticeOf(line: string): Notice {
  return JSON.parse(line);
}
