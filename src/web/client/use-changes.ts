import { useEffect, useState } from "preact/hooks";
import type { DeskClient } from "./desk-client.ts";
import type { QueueView } from "./use-queue.ts";

export type Link = "live" | "lost";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** Several files often change at once. */
const SETTLE_MS = 120;

/** Follows the server's notices and asks for everything again when something changed, also after a lost connection. */
export function useChanges(
  client: DeskClient,
  { reload, isShown }: Pick<QueueView, "reload" | "isShown">,
  expire: () => void,
): Link {
  const [link, setLink] = useState<Link>("live");
  useEffect(() => {
    const stop = new AbortController();
    let settling = 0;
    const follow = async (wait: number): Promise<void> => {
      let nextWait = Math.min(wait * 2, LONGEST_WAIT_MS);
      const answer = await client.follow((notice) => {
        setLink("live");
        nextWait = FIRST_WAIT_MS;
        if (notice.kind === "beat") return;
        const { version } = notice;
        window.clearTimeout(settling);
        settling = window.setTimeout(() => void (isShown(version) || reload()), SETTLE_MS);
      }, stop.signal);
      if (stop.signal.aborted) return;
      if (answer.status === "expired") return expire();
      setLink("lost");
      window.setTimeout(() => void follow(nextWait), wait);
    };
    void follow(FIRST_WAIT_MS);
    return () => stop.abort();
  }, [client, reload]);
  return link;
}
