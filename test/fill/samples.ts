import { readFileSync } from "node:fs";
import matter from "gray-matter";
import { textHash } from "../../src/bank/question-hash.ts";
import type { Bank, BankFile, Question, QuestionState } from "../../src/bank/question.ts";
import { learnStyle } from "../../src/bank/style.ts";
import { canonicalJson } from "../../src/core/canonical-json.ts";
import { hashOf } from "../../src/core/hash.ts";
import { questionId } from "../../src/core/ids.ts";
import type { Model } from "../../src/core/model.ts";
import type { Outcome, Receipt } from "../../src/core/outcome.ts";
import type { Task } from "../../src/core/task.ts";
import type { DraftItem } from "../../src/fill/draft-item.ts";
import { compileDraftPrompts, type DraftPrompts } from "../../src/fill/draft-tasks.ts";
import type { Passage } from "../../src/fill/passage.ts";
import type { PromptFile } from "../../src/prompt/prompt-file.ts";
import type { CritiqueReply, DraftReply, ReviseReply } from "../../src/fill/reply-schema.ts";
import { styleGuide } from "../../src/fill/style-guide.ts";
import type { StyleInput } from "../../src/fill/task-input.ts";

export const STYLE: StyleInput = {
  ...styleGuide(learnStyle([]), ["Caching"]),
  words_low: 5,
  words_typical: 40,
  words_high: 80,
};

export function promptFile(name: string, text?: string): PromptFile {
  const content = text ?? readFileSync(new URL(`../../prompts/${name}.md`, import.meta.url), "utf8");
  const { data, content: body } = matter(content, {});
  return { path: `prompts/${name}.md`, text: content, frontMatter: data, body };
}

export function shippedPrompts(): DraftPrompts {
  return compileDraftPrompts({
    draft: promptFile("draft"),
    critique: promptFile("critique"),
    revise: promptFile("revise"),
  });
}

export const PASSAGE: Passage = {
  id: "P1",
  path: "notes/caching.md",
  heading: "Caching > Cache invalidation",
  text: "Cache invalidation removes an entry when the data behind it has changed. A time to live bounds how stale an entry can get.",
  kind: "source",
};

export function item(changes: Partial<DraftItem> = {}): DraftItem {
  const text = changes.question ?? "What is cache invalidation?";
  return {
    question: text,
    reading: text,
    body: "",
    topic: ["Caching"],
    style: STYLE,
    passages: [PASSAGE],
    note: "",
    ...changes,
  };
}

export const GOOD_ANSWER =
  "Cache invalidation removes or refreshes a cached entry once the data behind it has changed, so that readers do not act on a stale copy. The usual means are a time to live and an explicit delete on write.";

export function draftReply(changes: Partial<DraftReply> = {}): DraftReply {
  return {
    question_restored: "What is cache invalidation?",
    assumptions: [],
    plan: "Define it, name the means.",
    key_points: ["Invalidation keeps readers from acting on stale copies."],
    answer: GOOD_ANSWER,
    sources_cited: ["P1"],
    doubts: [],
    confidence: 0.9,
    ...changes,
  };
}

export function critiqueReply(changes: Partial<CritiqueReply> = {}): CritiqueReply {
  return { expected: ["It removes stale entries."], findings: [], verdict: "pass", ...changes };
}

export function reviseReply(changes: Partial<ReviseReply> = {}): ReviseReply {
  const { key_points, answer, sources_cited, doubts, confidence } = draftReply();
  return { responses: [], key_points, answer, sources_cited, doubts, confidence, ...changes };
}

export function receipt(changes: Partial<Receipt> = {}): Receipt {
  return {
    key: "k1",
    source: "call",
    attempts: 1,
    usage: { inputTokens: 100, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 10, reasoningTokens: 0 },
    cost: { kind: "known", usd: 0.25 },
    modelAnswered: "model-1",
    responseIds: ["r1"],
    ...changes,
  };
}

type Scripted = { readonly reply: unknown } | Exclude<Outcome<never>, { status: "ok" }>;

/** A model that plays a script by task name, checks replies with the task's schema as the real one does, and keeps the tasks. */
export class ScriptedModel implements Model {
  readonly tasks: Task<unknown>[] = [];
  readonly #script: Readonly<Record<string, Scripted>>;

  constructor(script: Readonly<Record<string, Scripted>>) {
    this.#script = script;
  }

  get calls(): readonly string[] {
    return this.tasks.map((task) => task.name);
  }

  run<Output>(task: Task<Output>): Promise<Outcome<Output>> {
    this.tasks.push(task);
    const scripted = this.#script[task.name];
    if (scripted === undefined) throw new Error(`no reply scripted for ${task.name}`);
    if (!("reply" in scripted)) return Promise.resolve(scripted);
    return Promise.resolve({
      status: "ok",
      value: task.schema.parse(scripted.reply),
      receipt: receipt({ key: task.name, responseIds: [task.name] }),
    });
  }
}

/** What a request is identified by, apart from the endpoint. */
export function requestText(task: Task<unknown>): string {
  return canonicalJson([task.name, task.input, task.messages, task.sampling, task.sample]);
}

interface QuestionSketch {
  readonly text: string;
  readonly state?: QuestionState;
  readonly answer?: string;
  readonly ordinal?: number;
  readonly id?: string;
  readonly headings?: readonly string[];
}

export function question(sketch: QuestionSketch, line = 1): Question {
  const hash = textHash(sketch.text);
  const answer = sketch.answer ?? "";
  return {
    id: questionId(sketch.id ?? `q-${hash.slice(7, 19)}`),
    textHash: hash,
    ordinal: sketch.ordinal ?? 0,
    text: sketch.text,
    number: undefined,
    line,
    headings: sketch.headings ?? ["Bank"],
    tags: [],
    span: { start: 0, end: 0 },
    state: sketch.state ?? (answer === "" ? "placeholder" : "filled"),
    slot: {
      span: { start: 0, end: 0 },
      text: answer,
      hash: hashOf(answer),
      answer,
      hasMarker: true,
      indent: "",
      insertMarker: "",
      tail: "",
    },
    dialect: "headed",
  };
}

export function bankFile(path: string, questions: readonly Question[], readOnly?: string): BankFile {
  const text = questions.map((each) => each.text).join("\n");
  return {
    path,
    source: { bytes: new TextEncoder().encode(text), text, hasBom: false, eol: "\n", invalidLines: new Set() },
    dialects: ["headed"],
    chosenBy: "detected",
    questions,
    diagnostics: [],
    readOnly,
  };
}

export function bankOf(...files: readonly BankFile[]): Bank {
  return { files };
}
