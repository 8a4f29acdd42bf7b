import { wordsOf } from "../core/terms.ts";
import { contentTermOf, contentTermsOf, type Rarity, rarityFrom } from "./lexical-terms.ts";
import { type DraftedCriterion, rubricDraftInput, type RubricDraftReply } from "./rubric-draft-reply.ts";
import { type Statement, statementsOf } from "./rubric-draft-statements.ts";

const GUIDELINES =
  "Drafted without a model: the accepted wordings are main statements of the reference, picked by word statistics, and nobody has " +
  "weighed them yet. Credit the same statement in any words. Terms without a statement earn nothing.";

/**
 * The embedded drafter of rubrics: makes criteria of the main statements of the reference and adds nothing of its own.
 * Deterministic.
 * @throws ZodError if the input is not that of a rubric task.
 */
export function draftRubricOffline(taskInput: unknown): RubricDraftReply {
  const { question, reference, key_points: keyPoints } = rubricDraftInput.parse(taskInput);
  const statements = statementsOf(reference);
  const chosen = mainStatements(statements, question, keyPoints);
  return {
    obstacle: chosen.length === 0 ? "The reference holds no statement to make a criterion of." : "",
    parts: [],
    criteria: chosen.map(criterionOf),
    mistakes: [],
    guidelines: chosen.length === 0 ? "" : GUIDELINES,
  };
}

const MOST_CRITERIA = 6;
/** A few words of its own among many. */
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
    if (best === undefined || most < LEAST_VALUE) break;
    chosen.add(best);
    for (const term of contentTermsOf(best.text)) said.add(term);
  }
  return all.filter((statement) => chosen.has(statement));
}

/** What the first sentence announces, and what a key point says, is what the answer is about. */
const ANNOUNCED = 0.6;
/** An item of a list was set apart by whoever wrote it; a row sums up what was said before. */
const KIND_FACTORS: Readonly<Record<Statement["kind"], number>> = { lead: 1, item: 1.3, sentence: 1, row: 0.6 };
/** The last statement counts this much of what the first would: answers go from the main point to the side remarks. */
const LAST_FACTOR = 0.6;

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
    return (weight / Math.sqrt(Math.max(1, terms.size))) * KIND_FACTORS[statement.kind] * place;
  };
}

/**
 * The statement itself is the accepted wording, for an answer may well be worded so; the text of the criterion only names its
 * words, since whoever copies out a criterion has not answered.
 */
function criterionOf({ kind, subject, text }: Statement): DraftedCriterion {
  const { claim, hasTurn } = readClaim(text);
  const words = tellingWords(`${subject} ${claim}`);
  return {
    basis: text,
    name: subject === "" ? words.slice(0, NAME_WORDS).join(" ") : subject,
    text: `Says in any words: ${words.slice(0, MOST_WORDS).join(" ")}`,
    weight: kind === "lead" ? "major" : "normal",
    full: hasTurn ? "Says it with its reason, consequence or condition." : "Says it in full.",
    partial: hasTurn ? "Says it without its reason, consequence or condition." : "Says a part of it.",
    none: subject === "" ? "Says nothing of it." : "Says nothing of it beyond the name.",
    accepts: [text],
    rejects: [],
  };
}

const NAME_WORDS = 2;
/** Fewer than make a copied sentence. */
const MOST_WORDS = 7;

/** Where a sentence goes from its claim to a reason, a consequence or a condition. */
const TURN = /[,;]\s+(?:because|so|since|which|whereas|while|although|though|but|provided|unless)\b/;
const LEAST_CLAIM = 4;

function readClaim(text: string): { readonly claim: string; readonly hasTurn: boolean } {
  const claim = text.slice(0, TURN.exec(text)?.index);
  return wordsOf(claim).length < LEAST_CLAIM ? { claim: text, hasTurn: false } : { claim, hasTurn: claim !== text };
}

/** Each once, in the order of the text. */
function tellingWords(text: string): readonly string[] {
  return [...new Set(wordsOf(text).filter((word) => contentTermOf(word) !== undefined))];
}
