import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { questionId, type QuestionId } from "../../src/core/ids.ts";
import { textHash } from "../../src/bank/question-hash.ts";
import { judgeInput, type JudgeInput } from "../../src/grade/judge/judge-input.ts";
import { gradeLogEntry, type GradeLogEntry, type GradeRecord } from "../../src/grade/records/record.ts";
import { honest } from "../grade/judge/judge-rig.ts";
import { reply, startModelServer, type Behaviour, type ModelServer, type Seen } from "../support/model-server.ts";
import { runCli, startCli, type CliResult } from "../support/run-cli.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";

/** The key of every run here. It may stand in a request's authorization header, and nowhere else. */
export const KEY = "sk-test-91c7e0b25fd84a36-do-not-print";
export const MODEL = "test-judge";
/** Dollars a million tokens; a reply of {@link honestReply} costs 0.001 + 0.002. */
export const PRICES = "grade:\n  prices:\n    test-judge: { input: 1, output: 10 }\n";
export const REQUEST_USD = 0.003;
export const MOMENT = "1767225600";

interface ExamQuestion {
  readonly id: QuestionId;
  readonly text: string;
  readonly rubric: string;
  /** Full marks by {@link honestReply}, in different words. */
  readonly strong: string;
  /** Not a third of them. */
  readonly weak: string;
}

/** The id that the bank gives a question of its own words. */
function idOf(text: string): QuestionId {
  return questionId(`q-${textHash(text).replace("sha256:", "").slice(0, 12)}`);
}

const QUEUE = "Why does a service put a queue before a slow database?";
const INDEX = "What does a further index on a busy table cost?";

/** Six points each. */
export const EXAM: readonly [ExamQuestion, ExamQuestion] = [
  {
    id: idOf(QUEUE),
    text: QUEUE,
    strong:
      "It absorbs bursts: at nine in the morning ten times as many orders arrive as the disk can write, and the caller does not wait for that. " +
      "Web tier and store are decoupled and can be restarted apart. Since a broker may deliver twice, whatever reads from it must be idempotent.",
    weak: "Queues are popular with large companies. One of them absorbs bursts of orders, I have read.",
    rubric: `# ${QUEUE}
rubric: 1
question: ${idOf(QUEUE)}
scale: { max: 6, step: 0.5, pass: 3 }
reference: >-
  The queue takes up peaks of writes, so that callers need not stand in line. Producer and consumer no longer fail
  together. A message can come more than once, and the consumer has to bear that.
criteria:
  - id: bursts
    text: Says that the queue takes up peaks of load.
    levels:
      - { id: none, points: 0, text: "Not said." }
      - { id: named, points: 1, text: "Says that load is taken up." }
      - { id: full, points: 2, text: "Says so, and that callers are served meanwhile." }
    accepts: [absorbs bursts, does not wait]
  - id: decoupling
    text: Says that both sides can fail apart.
    points: 2
    accepts: [decoupled]
  - id: idempotence
    text: Says that a message may be delivered more than once, and what follows.
    points: 2
    accepts: [idempotent]
`,
  },
  {
    id: idOf(INDEX),
    text: INDEX,
    strong:
      "Each insert now has two trees to keep in order, so every write gets slower. It takes disk and cache: the index is read into memory as well. " +
      "And the planner has one more plan to choose from, which makes it pick the wrong one now and then.",
    weak: "Nothing much, storage is cheap today. Reads get faster, and every write gets slower by a little.",
    rubric: `# ${INDEX}
rubric: 1
question: ${idOf(INDEX)}
scale: { max: 6, step: 0.5, pass: 3 }
reference: >-
  Inserts, updates and deletes have one more structure to keep. It fills the disk and the buffer pool. The optimiser has
  more to choose from and can choose badly.
criteria:
  - id: writes
    text: Says that changes of rows take longer.
    points: 2
    accepts: [every write gets slower]
  - id: space
    text: Says that it takes disk and memory.
    points: 2
    accepts: [takes disk and cache]
  - id: plans
    text: Says that the optimiser can choose worse.
    points: 2
    accepts: [pick the wrong one]
`,
  },
];

/** The exam's file with an answer in each slot; "" leaves the placeholder. */
export function examText(answers: readonly string[] = []): string {
  const blocks = EXAM.map(({ text }, at) => {
    const answer = answers[at] ?? "";
    return `## Question ${at + 1}\n\n**${text}**\n\n**Answer:** ${answer === "" ? "_[To be filled]_" : answer}\n\n---\n`;
  });
  return `# Storage\n\n${blocks.join("\n")}`;
}

export function rubricPath({ id }: ExamQuestion): string {
  return `questions/storage/rubrics/${id}.rubric.yaml`;
}

/** The bank with its rubrics. */
export const EXAM_FILES: Readonly<Record<string, string>> = {
  "questions/storage/exam.md": examText(),
  ...Object.fromEntries(EXAM.map((question) => [rubricPath(question), question.rubric])),
};

/** A strong candidate, a weak one, and one who left the second question out. */
export const THREE_CANDIDATES: Readonly<Record<string, string>> = {
  "questions/storage/candidates/c-001.md": examText([EXAM[0].strong, EXAM[1].strong]),
  "questions/storage/candidates/c-002.md": examText([EXAM[0].weak, EXAM[1].weak]),
  "questions/storage/candidates/c-003.md": examText([
    "Callers are not held up, because the queue absorbs bursts; both sides are decoupled then.",
    "",
  ]),
};

/** Where {@link THREE_CANDIDATES} stand. */
export const ANSWERS = "questions/storage/candidates";

export interface GradingProject {
  readonly cwd: string;
  readonly server: ModelServer;
  /** `grade` against the server, or any other command; checks that the key stays unprinted. */
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  readonly start: (...args: readonly string[]) => ChildProcess;
}

export interface GradingProjectOptions {
  readonly behave?: (seen: Seen) => Behaviour;
  readonly delayMs?: number;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
}

const ASKING = new Set(["grade", "resume"]);
const SUBCOMMANDS = new Set(["report", "agree", "calibrate", "override", "verify"]);

/** The exam in a folder of its own, and a model server that judges by {@link honestReply}. */
export async function gradingProject(options: GradingProjectOptions = {}): Promise<GradingProject> {
  const { behave = honestReply, delayMs = 0, files = THREE_CANDIDATES } = options;
  const cwd = temporaryFolder({ ...EXAM_FILES, ...files });
  const server = await startModelServer(behave, { delayMs });
  onTestFinished(() => server.close());
  const env = { OPENAI_API_KEY: KEY, ...options.env };
  const line = ([command = "", ...rest]: readonly string[]): readonly string[] =>
    ASKING.has(command) && !SUBCOMMANDS.has(rest[0] ?? "")
      ? [command, "--base-url", server.url, "--model", MODEL, ...rest]
      : [command, ...rest];
  return {
    cwd,
    server,
    run: async (...args) => {
      const result = await runCli(line(args), { cwd, env });
      expect([result.out, result.err].filter((text) => text.includes(KEY))).toEqual([]);
      return result;
    },
    start: (...args) => startCli(line(args), { cwd, env }),
  };
}

export interface OfflineProject {
  readonly cwd: string;
  /** The built command, at a fixed time. */
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  /** The same from the sources, in this process: for many short commands. */
  readonly call: (...args: readonly string[]) => Promise<CliResult>;
}

/** A project without a server, for the judge that needs none. */
export function offlineProject(
  files: Readonly<Record<string, string | Uint8Array>> = THREE_CANDIDATES,
): OfflineProject {
  const cwd = temporaryFolder({ ...EXAM_FILES, ...files });
  return {
    cwd,
    run: (...args) => runCli(args, { cwd, env: { SOURCE_DATE_EPOCH: MOMENT } }),
    call: (...args) => runInProcess(args, { cwd }),
  };
}

const wireMessage = z.object({ role: z.string(), content: z.string() });
const wireBody = z.looseObject({ input: z.array(wireMessage).optional(), messages: z.array(wireMessage).optional() });

/** The request as it was first put, whatever was said after it. */
export function askedIn({ body }: Seen): string {
  const { input, messages } = wireBody.parse(body);
  return (input ?? messages ?? []).find(({ role }) => role === "user")?.content ?? "";
}

const LABELS: Readonly<Record<keyof JudgeInput, RegExp>> = {
  guidelines: /^Guidelines to the grader:$/,
  criteria: /^The criteria:$/,
  precedents: /^Precedents, /,
  question: /^The question:$/,
  reference: /^A good answer, for comparison:$/,
  faults: /^An earlier reply to this very task had faults /,
  segments: /^The candidate's answer, in numbered segments:$/,
};

/** What stands in the fences of the prompt: all that a judge over the network knows. */
export function judgeInputIn(seen: Seen): JudgeInput {
  const found: Record<string, unknown> = { guidelines: "", precedents: [], reference: "", faults: [] };
  const fences = askedIn(seen).matchAll(/^([^\n]+)\n\n<data-([0-9a-f]{16})>\n(.*?)\n<\/data-\2>/gms);
  for (const [, label = "", , json = ""] of fences) {
    const field = Object.entries(LABELS).find(([, words]) => words.test(label))?.[0];
    if (field !== undefined) found[field] = JSON.parse(json);
  }
  return judgeInput.parse(found);
}

/** Credits a criterion one level for each accepted wording that the answer holds, and quotes where it stands. */
export function honestReply(seen: Seen): Behaviour {
  return reply(JSON.stringify(honest(judgeInputIn(seen))), { usage: { input: 1000, output: 200 } });
}

const logLine = z.looseObject({ entry: gradeLogEntry });

/** The records of a set, in order. */
export function entriesOf(cwd: string, set = "storage"): readonly GradeLogEntry[] {
  const lines = readFileSync(join(cwd, `outputs/grades/${set}/records.jsonl`), "utf8")
    .split("\n")
    .slice(0, -1);
  return lines.map((line) => logLine.parse(JSON.parse(line)).entry);
}

export function gradesOf(cwd: string, set = "storage"): readonly GradeRecord[] {
  return entriesOf(cwd, set).flatMap((entry) => (entry.type === "grade" ? [entry] : []));
}

/** State and mark of each grade as `candidate question` says, the last one of each answer. */
export function marksOf(cwd: string, set = "storage"): Readonly<Record<string, string>> {
  const short = new Map(EXAM.map(({ id }, at) => [String(id), `q${at + 1}`]));
  return Object.fromEntries(
    gradesOf(cwd, set)
      .map(({ candidate, question, state, mark }) => [
        `${candidate} ${short.get(question) ?? question}`,
        mark === null ? state : `${state} ${mark / 1000}`,
      ])
      .toSorted(([left = ""], [right = ""]) => (left < right ? -1 : 1)),
  );
}

/** What a set's folder holds, by path in it. */
export function setFiles(cwd: string, set = "storage"): Readonly<Record<string, string>> {
  return filesOf(join(cwd, "outputs/grades", set));
}

/** The figures at the head of a set's report, by name. */
export function reportFigures(cwd: string, set = "storage"): Readonly<Record<string, string>> {
  const html = readFileSync(join(cwd, "outputs/grades", set, "report.html"), "utf8");
  const figures = html.matchAll(/<span class="name">([^<]*)<\/span> <strong>([^<]*)<\/strong>/g);
  return Object.fromEntries(Array.from(figures, ([, name = "", figure = ""]) => [name, figure]));
}
