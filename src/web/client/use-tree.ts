import { useState } from "preact/hooks";
import type { RenderReply } from "../api.ts";
import { useReview } from "./review-context.ts";
import { useAnswer } from "./use-answer.ts";

/** Markdown as a tree, read by the server: the last one that came; undefined until the first, null where there is none. */
export function useTree(markdown: string): RenderReply["tree"] | undefined {
  const { client } = useReview();
  const [tree, setTree] = useState<RenderReply["tree"] | undefined>(undefined);
  useAnswer(
    () => client.render(markdown),
    (answer) => setTree(answer.status === "ok" ? answer.value.tree : null),
    [client, markdown],
  );
  return tree;
}
