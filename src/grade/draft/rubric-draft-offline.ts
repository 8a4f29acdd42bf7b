import { wordsOf } from "../../core/terms.ts";
import { contentTermOf, contentTermsOf, type Rarity, rarityFrom } from "../lexical/lexical-terms.ts";
import { claimOf } from "./rubric-draft-claim.ts";
import {
  type DraftedCriterion,
  isBorneOut,
  MOST_ITEMS,
  rubricDraftInput,
  type RubricDraftReply,
} from "./rubric-draft-reply.ts";
import { type Statement, statementsOf } from "./rubric-draft-statements.ts";

const SEVERAL =
  "Drafted without a model: the criteria are main statements of the reference, picked by word statistics, and nobody has weighed " +
  "them yet. Credit the same statement in any words. Terms without a statement earn nothing.";
const SINGLE =
  "Drafted without a model from a single statement of the reference, which now decides the whole mark: look whether it is what " +
  "the question asks for, and what else a good answer says. Credit the same statement in any words.";
const COUNTED =
  "Drafted without a model from a single list of the reference, which now decides the whole mark: look which of its items must be " +
  "named, and how many. Credit an item in any words.";

/**
 * The embedded drafter of rubrics: makes criteria of the main statements of the reference and adds nothing of its own.
 * Deterministic.
 * @throws ZodError if the input is not that of a rubric task.
 */
export function draftRubricOffline(taskInput: unknown): RubricDraftReply {
  const { question, reference, key_points: keyPoints } = rubricDraftInput.parse(taskInput);
  const held = new Set(contentTermsOf(reference));
  // Small words alone say nothing, and marks that were taken out may have parted what now is one word.
  const statements = statementsOf(reference).filter(({ text }) => isBorneOut(text, held));
  const chosen = mainStatements(statements, question, keyPoints);
  return {
    obstacle: chosen.length === 0 ? "The reference holds no statement to make a criterion of." : "",
    parts: [],
    criteria: chosen.map(criterionOf),
    mistakes: [],
    guidelines: guidelinesFor(chosen),
  };
}

function guidelinesFor([first, second]: readonly Statement[]): string {
  if (first === undefined) return "";
  if (second !== undefined) return SEVERAL;
  return first.kind === "list" ? COUNTED : SINGLE;
}

const MOST_CRITERIA = 6;
/** A few words of its own among many. Where little was found, less will do, and something is better than nothing. */
const LEAST_VALUES = [0, 0.9, 0.9];
const LEAST_VALUE = 1.2;

/** The lead, and of the rest those that say most that no other chosen one says; in the order of the reference. */
function mainStatements(
  all: readonly Statement[],
  question: string,
  keyPoints: readonly string[],
): readonly Statement[] {
  const worth = worthFrom(all, question, keyPoints);
  const chosen = new Set(all.filter(({ kind }) => kind === "lead"));
  const said = new Set<string>();
  while (chosen.size < MOST_CRITERIA) {
    const values = all.map((statement) => (chosen.has(statement) ? 0 : worth(statement, said)));
    const most = Math.max(0, ...values);
    const best = all[values.indexOf(most)];
    if (best === undefined || most < (LEAST_VALUES[chosen.size] ?? LEAST_VALUE)) break;
    chosen.add(best);
    for (const term of contentTermsOf(best.text)) said.add(term);
  }
  return all.filter((statement) => chosen.has(statement));
}

/** What the first sentence announces, and what a key point says, is what the answer is about. */
const ANNOUNCED = 0.6;
/** An item of a list was set apart by whoever wrote it, and of a list of names there is more; a row sums up what was said before. */
const KIND_FACTORS: Readonly<Record<Statement["kind"], number>> = {
  lead: 1,
  list: 2,
  item: 1.3,
  sentence: 1,
  row: 0.6,
};
/** The last statement counts this much of what the first would: answers go from the main point to the side remarks. */
const LAST_FACTOR = 0.6;

/** There are other examples. */
const EXAMPLE = /^(?:for example|for instance|e\.g\.)/i;
const EXAMPLE_FACTOR = 0.5;

type Worth = (statement: Statement, said: ReadonlySet<string>) => number;

function worthFrom(all: readonly Statement[], question: string, keyPoints: readonly string[]): Worth {
  const rarity: Rarity = rarityFrom(
    all.map(({ text }) => text),
    question,
  );
  const lead = all.filter(({ kind }) => kind === "lead").map(({ text }) => text);
  const announced = new Set([...lead, ...keyPoints].flatMap(contentTermsOf));
  const places = new Map(all.map((statement, place) => [statement, place / all.length]));
  return (statement, said) => {
    const terms = new Set(contentTermsOf(`${statement.subject} ${statement.text}`));
    let weight = 0;
    for (const term of terms) {
      // Words that several statements share are what the answer is about; what only one holds may be an aside.
      if (!said.has(term)) weight += 1 - rarity(term) / 2 + (announced.has(term) ? ANNOUNCED : 0);
    }
    const place = 1 - (1 - LAST_FACTOR) * (places.get(statement) ?? 0);
    // Long sentences hold more words without saying more.
    const kind = EXAMPLE.test(statement.text) ? EXAMPLE_FACTOR : KIND_FACTORS[statement.kind];
    return (weight / Math.sqrt(Math.max(1, terms.size))) * kind * place;
  };
}

function criterionOf(statement: Statement): DraftedCriterion {
  return statement.kind === "list" ? countOf(statement) : degreeOf(statement);
}

/** Its items count, one each; the text asks for them without naming them all. */
function countOf({ subject, text, items }: Statement): DraftedCriterion {
  const [first = ""] = items;
  const isTitled = subject !== "" && wordsOf(subject).length <= LONGEST_TITLE;
  const list = isTitled ? `the reference's list "${subject}"` : `the list that the reference gives, such as ${first}`;
  return {
    basis: text,
    name: nameOf(isTitled ? subject : first),
    // A colon would begin the list of the items.
    text: `Names items of ${list.replaceAll(":", " –")}.`,
    weight: "normal",
    full: "",
    partial: "",
    none: "",
    accepts: [],
    rejects: [],
    items: items.slice(0, MOST_ITEMS),
  };
}

const LONGEST_TITLE = 12;

/** The statement in full is an accepted wording where the text of the criterion is shorter. */
function degreeOf(statement: Statement): DraftedCriterion {
  const { kind, subject, text } = statement;
  const claim = claimOf(statement);
  const hasTurn = TURN.test(text);
  return {
    basis: text,
    name: subject === "" ? nameOf(claim) : subject,
    text: claim,
    weight: kind === "lead" ? "major" : "normal",
    full: hasTurn ? "Says it with its reason, consequence or condition." : "Says it in full.",
    partial: hasTurn ? "Says it without its reason, consequence or condition." : "Says a part of it.",
    none: subject === "" ? "Says nothing of it." : "Says nothing of it beyond the name.",
    accepts: claim === text || text.length > LONGEST_ACCEPTED ? [] : [text],
    rejects: [],
    items: [],
  };
}

/** In characters: a wording is to be held against an answer, not read as one. */
const LONGEST_ACCEPTED = 300;

/** Where a sentence goes from its claim to a reason, a consequence or a condition. */
const TURN = /[,;]\s+(?:because|so|since|which|whereas|while|although|though|but|provided|unless)\b/;

const NAME_WORDS = 2;
const NO_NAMES = new Set(
  (
    "yes no not however thus hence therefore often usually typically generally basically going want make makes many much several " +
    "different like good way one two thing things able need needs get let assume consider depending given take"
  ).split(" "),
);

function nameOf(text: string): string {
  const words = [...new Set(wordsOf(text))].filter((word) => contentTermOf(word) !== undefined && !NO_NAMES.has(word));
  return words.slice(0, NAME_WORDS).join(" ");
}
