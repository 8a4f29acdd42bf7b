import type { CritiqueReply, DraftReply, ReviseReply } from "../../src/fill/reply-schema.ts";
import { reply, type Behaviour, type Seen } from "./model-server.ts";

/** The question inside a rendered prompt of `fill`, as the file words it. */
export function questionIn(seen: Seen): string {
  const found = /The question, as it stands in the file[^\n]*\n\n<data-[0-9a-f]+>\n("(?:[^"\\]|\\.)*")/.exec(seen.user);
  const parsed: unknown = found?.[1] === undefined ? "" : JSON.parse(found[1]);
  return typeof parsed === "string" ? parsed : "";
}

/** Which of the three tasks a request is, by its own words. */
export function taskOf(seen: Seen): "draft" | "critique" | "revise" {
  if (seen.user.includes("Check this answer.")) return "critique";
  return seen.user.includes("Correct the answer.") ? "revise" : "draft";
}

const WORDS = "The part named in the question does its work in one pass and says where it stopped. ";

/** What a good model would reply: a sound draft, nothing to criticise. */
export function goodReply(seen: Seen): Behaviour {
  return reply(JSON.stringify(goodValue(seen)), { usage: { input: 800, output: 200 } });
}

function goodValue(seen: Seen): DraftReply | CritiqueReply | ReviseReply {
  const task = taskOf(seen);
  switch (task) {
    case "draft":
      return goodDraft(questionIn(seen));
    case "critique":
      return GOOD_CRITIQUE;
    case "revise":
      return goodRevision(questionIn(seen));
    default:
      return task satisfies never;
  }
}

/** The same answer again: every finding is declined. */
export function goodRevision(question: string): ReviseReply {
  const { key_points, answer, sources_cited, doubts, confidence } = goodDraft(question);
  const responses = [{ finding: 1, action: "declined", reason: "The answer is as long as it must be." }] as const;
  return { responses: [...responses], key_points, answer, sources_cited, doubts, confidence };
}

export function goodDraft(question: string): DraftReply {
  return {
    question_restored: question,
    assumptions: [],
    plan: "Say what it does, then where it stops.",
    key_points: ["It works in one pass.", "It says where it stopped."],
    answer: `It hands its input on after one check.\n\n${WORDS.repeat(9).trim()}`,
    sources_cited: [],
    doubts: [],
    confidence: 0.9,
  };
}

const GOOD_CRITIQUE: CritiqueReply = { expected: ["It works in one pass."], findings: [], verdict: "pass" };
