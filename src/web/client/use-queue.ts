import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Queue } from "../api.ts";
import type { DeskClient } from "./desk-client.ts";

export interface QueueView {
  /** Undefined until it came. */
  readonly queue: Queue | undefined;
  readonly fault: string;
  /** How often it was asked for. */
  readonly epoch: number;
  readonly reload: () => Promise<void>;
  /** True for the version that is shown. */
  readonly isShown: (version: string) => boolean;
}

/** The queue, and how to ask for it again. Of several answers under way the last one asked for counts. */
export function useQueue(client: DeskClient, expire: () => void): QueueView {
  const [view, setView] = useState<Pick<QueueView, "queue" | "fault" | "epoch">>({
    queue: undefined,
    fault: "",
    epoch: 0,
  });
  const asked = useRef(0);
  const version = useRef<string | undefined>(undefined);
  const reload = useCallback(async (): Promise<void> => {
    asked.current += 1;
    const turn = asked.current;
    const answer = await client.queue();
    if (turn !== asked.current) return;
    if (answer.status === "expired") return expire();
    if (answer.status === "ok") version.current = answer.value.version;
    setView((last) => ({
      queue: answer.status === "ok" ? answer.value : last.queue,
      fault: answer.status === "ok" ? "" : answer.message,
      epoch: last.epoch + 1,
    }));
  }, [client]);
  useEffect(() => void reload(), [reload]);
  const isShown = useCallback((other: string) => other === version.current, []);
  return { ...view, reload, isShown };
}
