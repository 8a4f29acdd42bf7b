import { termsOf } from "../../core/terms.ts";
import { type EvidenceTexts, indexSources, type SourceIndex } from "../evidence/evidence-sources.ts";
import { shareWithin, shinglesOf } from "../checks/fold-shingles.ts";
import { fold } from "../checks/fold.ts";
import type { GradingItem } from "./grading-item.ts";
import type { Criterion, Rubric } from "../rubric/rubric.ts";

/** What all answers to one question are held against; it is worked out once for them. */
export interface Subject {
  /** Texts that are not the candidate's own words. */
  readonly sources: SourceIndex;
  /**
   * True for words that have to do with the subject: they share a term with the question, the reference, or the rubric's criteria,
   * descriptors, anchors and accepted wordings. Words that share none may be a paraphrase; they may also be a plea that a judge
   * took for an answer.
   */
  readonly isRelated: (words: string) => boolean;
  /**
   * True for words of which a criterion asks for one by name: they share a term with its text, anchors or accepted wordings that
   * stands in no other criterion and not in the question. "Kappa" may be a whole answer; "learning" is none.
   */
  readonly isNamed: (words: string, criterion: Criterion) => boolean;
}

type SubjectTexts = Pick<GradingItem, "rubric" | "question" | "reference">;

const known = new WeakMap<
  Rubric,
  { readonly question: string; readonly reference: string; readonly subject: Subject }
>();

export function subjectOf(texts: SubjectTexts): Subject {
  const { rubric, question, reference } = texts;
  const found = known.get(rubric);
  if (found?.question === question && found.reference === reference) return found.subject;
  const subject = { sources: indexSources(givenTexts(texts)), isRelated: relationTo(texts), isNamed: namesIn(texts) };
  known.set(rubric, { question, reference, subject });
  return subject;
}

/** From this share of its runs of three words on, a text is the reference's. */
const BORROWED_SHARE = 0.8;

/**
 * What is not the candidate's own when it stands in an answer. Wordings that earn credit are: whoever finds them has them. So are
 * criteria in the words of the reference: an answer that says what the reference says is right.
 */
export function givenTexts({ rubric, question, reference }: SubjectTexts): EvidenceTexts {
  const runs = new Set(shinglesOf(fold(reference).words));
  const isBorrowed = (text: string): boolean => shareWithin(shinglesOf(fold(text).words), runs) >= BORROWED_SHARE;
  const texts = rubric.criteria.flatMap(({ text, levels }) => [text, ...levels.map((level) => level.descriptor)]);
  return { question, reference, rubricTexts: texts.filter((text) => !isBorrowed(text)) };
}

// What rubrics, and pleas to a grader, are worded in, and words of any subject: they relate nothing to one.
const WORDS_OF_ANY_SUBJECT =
  "answer assess assign award candidate claim complete correct credit criterion criteria evaluate examiner example explain full give " +
  "grade grader instruction judge level mark maximum mention meet name none pass partial point prompt question reason rubric say score " +
  "state student system task tell top total true understand wrong write " +
  "all always another any anything each every everything last least many may might much must need never nothing now one shall thing way";
const ofAnySubject = new Set(termsOf(WORDS_OF_ANY_SUBJECT));

function relationTo({ rubric, question, reference }: SubjectTexts): Subject["isRelated"] {
  const wordings = rubric.criteria.flatMap(({ accepts, levels }) => [
    ...accepts,
    ...levels.flatMap((each) => each.anchors),
  ]);
  const demands = rubric.criteria.flatMap(({ text, levels }) => [text, ...levels.map((level) => level.descriptor)]);
  const said = [question, reference, ...wordings].flatMap(termsOf);
  // "Two of 3 parts" counts parts; only where an answer might be quoted is a number the subject.
  const demanded = demands.flatMap(termsOf).filter((term) => /\p{L}/u.test(term));
  const subject = new Set([...said, ...demanded].filter((term) => !ofAnySubject.has(term)));
  return (words) => termsOf(words).some((term) => subject.has(term));
}

function namesIn({ rubric: { criteria }, question }: SubjectTexts): Subject["isNamed"] {
  const asked = termsOf(question);
  const ownTerms = criteria.map(({ text, accepts, levels }) => {
    const texts = [text, ...accepts, ...levels.flatMap(({ descriptor, anchors }) => [descriptor, ...anchors])];
    return new Set(texts.flatMap(termsOf));
  });
  const isCommon = (term: string): boolean =>
    ofAnySubject.has(term) || asked.includes(term) || ownTerms.filter((own) => own.has(term)).length > 1;
  const names = new Map(
    criteria.map(({ id }, at) => [id, new Set([...(ownTerms[at] ?? [])].filter((term) => !isCommon(term)))]),
  );
  return (words, { id }) => termsOf(words).some((term) => names.get(id)?.has(term) === true);
}
