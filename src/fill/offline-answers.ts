import { critiqueOffline } from "./offline-critic.ts";
import { draftOffline } from "./offline-answerer.ts";
import type { DraftTaskName } from "./draft-tasks.ts";
import type { ReviseReply } from "./reply-schema.ts";
import { reviseInput } from "./task-input.ts";

/** What the offline provider replies to the tasks of `fill`: pure functions of a task's input. */
export const OFFLINE_ANSWERS: Readonly<Record<DraftTaskName, (taskInput: unknown) => unknown>> = {
  draft: draftOffline,
  critique: critiqueOffline,
  revise: keepAsIs,
};

// Rewriting needs a model. Every finding stays open, so that a person sees it.
function keepAsIs(taskInput: unknown): ReviseReply {
  const input = reviseInput.parse(taskInput);
  const draft = draftOffline({
    question: input.question,
    reading: input.reading,
    body: input.body,
    topic: input.topic,
    style: input.style,
    passages: input.passages,
    note: input.note,
  });
  const reason = "The offline provider does not rewrite.";
  return {
    responses: input.findings.map(({ number }) => ({ finding: number, action: "declined" as const, reason })),
    key_points: draft.key_points,
    answer: input.answer,
    sources_cited: draft.sources_cited,
    doubts: draft.doubts,
    confidence: draft.confidence,
  };
}
