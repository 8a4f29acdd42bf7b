import { expect, it } from "vitest";
import { planApply, type ApplyPlan } from "../../src/review/apply.ts";
import {
  bankOf,
  LAYOUTS,
  readerOf,
  seeded,
  writeBank,
  type Block,
  type Layout,
  type Wrapping,
} from "./generated-bank.ts";
import { proposalOf } from "./proposal-of.ts";

const PATH = "questions/generated.md";
const DRAFT = "A drafted answer.\n\n- with a list\n\n```js\nconst code = 1;\n```";
const TRIALS = 60;

interface Trial {
  readonly layout: Layout;
  readonly wrapping: Wrapping;
  readonly blocks: readonly Block[];
  /** Position of the block that the accepted draft is for. */
  readonly target: number;
  readonly random: (below: number) => number;
}

/** What a bank has become by the time the accepted drafts are applied. */
interface Mutated {
  readonly blocks: readonly Block[];
  readonly introduction?: string;
  readonly alsoAccepted?: ReadonlySet<Block>;
}

const MUTATIONS: Readonly<Record<string, (trial: Trial) => Mutated>> = {
  "lines inserted above": ({ blocks }) => ({ blocks, introduction: "New words.\n\nAnd more of them.\n\n" }),
  "an earlier question deleted": ({ blocks, target, random }) => ({
    blocks: target === 0 ? blocks : blocks.toSpliced(random(target), 1),
  }),
  "the question moved": ({ blocks, target, random }) => {
    const others = blocks.toSpliced(target, 1);
    return { blocks: others.toSpliced(random(others.length + 1), 0, ...blocks.slice(target, target + 1)) };
  },
  "all shuffled": ({ blocks, random }) => ({
    blocks: blocks
      .map((block) => ({ block, rank: random(1e9) }))
      .toSorted((left, right) => left.rank - right.rank)
      .map(({ block }) => block),
  }),
  "the question removed": ({ blocks, target }) => ({ blocks: blocks.toSpliced(target, 1) }),
  "the question reworded": ({ blocks, target }) => ({
    blocks: blocks.map((block, at) =>
      at === target ? { ...block, text: block.text.replace("thing", "very object") } : block,
    ),
  }),
  "a person filled the slot": ({ blocks, target }) => ({
    blocks: blocks.map((block, at) => (at === target ? { ...block, answer: "A person's answer." } : block)),
  }),
  "half of the others accepted": ({ blocks, target }) => ({
    blocks,
    alsoAccepted: new Set(blocks.filter((_, at) => at !== target && at % 2 === 0)),
  }),
};

const WORDS = [
  "cache",
  "queue",
  "lock",
  "index",
  "token",
  "shard",
  "heap",
  "trie",
  "socket",
  "kernel",
  "vector",
  "graph",
];

function makeTrial(seed: number, hasTwins: boolean): Trial {
  const random = seeded(seed);
  const layout = LAYOUTS[seed % LAYOUTS.length] ?? LAYOUTS[0];
  if (layout === undefined) throw new Error("no layout");
  const word = (): string => WORDS[random(WORDS.length)] ?? "";
  const blocks = Array.from({ length: 12 + random(20) }, (_, at): Block => ({
    number: at + 1,
    text: `How does thing ${at} of a ${word()} ${word()} serve the ${word()}?`,
    answer: random(3) === 0 ? `It serves well.\n\nBecause of the ${word()}.` : undefined,
  }));
  const asked = hasTwins ? withTwin(blocks) : blocks;
  const open = asked.flatMap((block, at) => (block.answer === undefined ? [at] : []));
  const twin = asked.length - 1;
  const wrapping = {
    eol: random(2) === 0 ? ("\n" as const) : ("\r\n" as const),
    hasBom: random(4) === 0,
    hasFinalNewline: random(3) > 0,
    introduction: "",
  };
  return { layout, wrapping, blocks: asked, target: hasTwins ? twin : (open[random(open.length)] ?? 0), random };
}

/** The last question asks what the third does, and is open. */
function withTwin(blocks: readonly Block[]): readonly Block[] {
  const twin = { number: blocks.length, text: blocks[2]?.text ?? "", answer: undefined };
  return [...blocks.slice(0, -1), twin];
}

interface Outcome {
  readonly plan: ApplyPlan;
  readonly now: Uint8Array;
  readonly expected: Uint8Array;
}

function run(trial: Trial, mutate: (trial: Trial) => Mutated): Outcome {
  const { layout, wrapping, blocks, target } = trial;
  const mutated = mutate(trial);
  const accepted = new Set([...(mutated.alsoAccepted ?? []), ...blocks.slice(target, target + 1)]);
  const before = bankOf(layout.dialect, { [PATH]: writeBank(layout, blocks, wrapping) });
  const proposals = before.files.flatMap((file) =>
    file.questions.flatMap((question, at) => {
      const block = blocks[at];
      if (block === undefined || block.answer !== undefined) return [];
      return [proposalOf(file, question, DRAFT, { status: accepted.has(block) ? "accepted" : "pending" })];
    }),
  );
  const wrappedNow = { ...wrapping, introduction: mutated.introduction ?? "" };
  const now = writeBank(layout, mutated.blocks, wrappedNow);
  // A block that was reworded or filled is another block, so that nothing is due in it.
  const filled = mutated.blocks.map((block) =>
    accepted.has(block) && block.answer === undefined ? { ...block, answer: DRAFT } : block,
  );
  return {
    plan: planApply({ bank: bankOf(layout.dialect, { [PATH]: now }), proposals, read: readerOf(layout.dialect) }),
    now,
    expected: writeBank(layout, filled, wrappedNow),
  };
}

/** `right` is exactly the bytes that were due; where none were, or none were written, the reasons given. */
function judge({ plan, now, expected }: Outcome): string {
  const reasons = plan.results.flatMap((result) => (result.kind === "refused" ? [result.refusal.code] : []));
  const after = plan.files[0]?.after ?? now;
  if (Buffer.compare(after, now) === 0 && reasons.length > 0) return [...new Set(reasons)].join();
  return Buffer.compare(after, expected) === 0 ? ["right", ...new Set(reasons)].join() : "wrong";
}

interface Judged {
  readonly mutation: string;
  readonly dialect: string;
  readonly verdict: string;
}

function trials(hasTwins: boolean): readonly Judged[] {
  return Object.entries(MUTATIONS).flatMap(([mutation, mutate]) =>
    Array.from({ length: TRIALS }, (_, at) => {
      const trial = makeTrial(at * 7919 + 17, hasTwins);
      return { mutation, dialect: trial.layout.dialect, verdict: judge(run(trial, mutate)) };
    }),
  );
}

function countBy(judged: readonly Judged[], name: (each: Judged) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const each of judged) counts[name(each)] = (counts[name(each)] ?? 0) + 1;
  return counts;
}

function tally(judged: readonly Judged[]): readonly string[] {
  return Object.keys(MUTATIONS).map((mutation) => {
    const counts = countBy(
      judged.filter((each) => each.mutation === mutation),
      ({ verdict }) => verdict,
    );
    const parts = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
    return `${mutation}: ${parts.toSorted().join(", ")}`;
  });
}

/** After these the draft still has a place that is surely its own. */
const RECOVERABLE = new Set(Object.keys(MUTATIONS).filter((name) => !/removed|reworded|person filled/.test(name)));

it("puts drafts where they belong or nowhere, in 480 banks that changed after drafting", () => {
  const judged = trials(false);
  expect(countBy(judged, ({ dialect }) => dialect)).toEqual({
    headed: 96,
    "numbered-heading": 96,
    "details-summary": 96,
    listed: 96,
    "qa-lines": 96,
  });
  const recoverable = judged.filter(({ mutation }) => RECOVERABLE.has(mutation));
  expect({
    trials: judged.length,
    wrong: judged.filter(({ verdict }) => verdict.startsWith("wrong")).length,
    recoverable: recoverable.length,
    right: recoverable.filter(({ verdict }) => verdict === "right").length,
  }).toEqual({ trials: 480, wrong: 0, recoverable: 300, right: 300 });
  expect(tally(judged)).toMatchInlineSnapshot(`
    [
      "lines inserted above: 60 right",
      "an earlier question deleted: 60 right",
      "the question moved: 60 right",
      "all shuffled: 60 right",
      "the question removed: 28 missing, 32 stale",
      "the question reworded: 60 stale",
      "a person filled the slot: 60 conflict",
      "half of the others accepted: 60 right",
    ]
  `);
});

it("puts a draft nowhere rather than under a question's twin", () => {
  expect(tally(trials(true))).toMatchInlineSnapshot(`
    [
      "lines inserted above: 24 ambiguous, 36 right",
      "an earlier question deleted: 24 ambiguous, 36 right",
      "the question moved: 27 ambiguous, 33 right",
      "all shuffled: 16 right, 44 ambiguous",
      "the question removed: 10 missing, 12 stale, 38 ambiguous",
      "the question reworded: 22 stale, 38 ambiguous",
      "a person filled the slot: 24 ambiguous, 36 conflict",
      "half of the others accepted: 60 right",
    ]
  `);
});
