import type { Field } from "./column-map.ts";
import type { AnswerForm } from "./answer-form.ts";

/** A known kind of table. Adding one is adding a value: recognising, planning and reading are the same for all. */
export interface Preset {
  readonly name: PresetName;
  /** A table is of this kind if it has all these columns (folded); none for the kind that anything else is. */
  readonly signature: readonly string[];
  /** The columns of each field, best first (folded). */
  readonly fields: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Columns (folded) that are neither a field nor a question. */
  readonly others: readonly string[];
  /** True where every column that is nothing else must be a question, so that an unknown one is a fault. */
  readonly isClosed: boolean;
  readonly form: AnswerForm;
}

export const PRESET_NAMES = ["google-forms", "canvas", "prairielearn", "edx-ora", "rows"] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

const EMAILS = ["email", "e-mail", "email address", "e-mail address", "e-mail-adresse", "email-adresse", "mail"];

/** Our own rows, and every table whose columns are named by a map. */
const ROWS: Preset = {
  name: "rows",
  signature: [],
  fields: {
    candidate: ["candidate"],
    email: EMAILS,
    question: ["question", "question id", "question_id", "qid", "item", "item id", "item_id", "q"],
    answer: ["answer", "response", "student answer", "student_answer"],
    attempt: ["attempt"],
    submitted: ["submitted"],
    human_score: ["human_score", "total", "mark", "score"],
    grader: ["grader", "rater"],
    criterion: ["criterion"],
    level: ["level"],
    points: ["points"],
  },
  others: [],
  isClosed: false,
  form: "text",
};

/** Most telling signature first. */
const PRESETS: readonly Preset[] = [
  { ...ROWS, signature: ["candidate", "question", "answer"] },
  {
    name: "canvas",
    signature: ["section", "submitted", "n correct", "n incorrect", "score"],
    fields: {
      candidate: ["id", "sis_id"],
      attempt: ["attempt"],
      submitted: ["submitted"],
    },
    others: "id sis_id root_account section section_id section_sis_id score"
      .split(" ")
      .concat("n correct", "n incorrect"),
    isClosed: true,
    form: "rich text",
  },
  {
    name: "prairielearn",
    signature: ["qid", "submission_id", "submitted_answer"],
    fields: {
      candidate: ["uid", "group_name", "uin"],
      question: ["qid"],
      answer: ["submitted_answer"],
      order: ["submission_id"],
      human_score: ["manual_points", "points"],
    },
    others: [],
    isClosed: true,
    form: "json",
  },
  {
    name: "edx-ora",
    signature: ["submission id", "anonymized student id", "response"],
    fields: {
      candidate: ["anonymized student id"],
      question: ["problem name", "location", "item id"],
      answer: ["response"],
      submitted: ["date/time response submitted"],
      human_score: ["final score points earned"],
    },
    others: [],
    isClosed: true,
    form: "json",
  },
  {
    name: "google-forms",
    signature: ["timestamp"],
    fields: { candidate: ["email address", "username"], email: EMAILS, submitted: ["timestamp"] },
    others: ["score", "total score"],
    isClosed: true,
    form: "text",
  },
];

/** The kind of a table by the names of its columns. */
export function recognisePreset(header: readonly string[]): Preset {
  const names = new Set(header.map(foldHeader));
  return PRESETS.find(({ signature }) => signature.every((name) => names.has(name))) ?? ROWS;
}

export function presetNamed(name: PresetName): Preset {
  return PRESETS.find((preset) => preset.name === name) ?? ROWS;
}

/** How names of columns are compared. */
export function foldHeader(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
