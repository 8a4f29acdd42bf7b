import type { Fix, FixPlan } from "./audit-fix.ts";
import { headingAnchors } from "./heading-anchors.ts";
import { mapLines } from "./line-map.ts";
import { askedHash, questionBody } from "./question-body.ts";
import { FILLABLE_STATES, type Bank, type BankFile, type Question } from "./question.ts";
import { isReference } from "./reference-answer.ts";

interface Place {
  readonly file: BankFile;
  readonly question: Question;
}

/** For every unanswered question that is answered elsewhere in the bank: a link to that answer, in the place of its own. */
export function fixLinks(bank: Bank): FixPlan {
  const answered = answeredByWhatIsAsked(bank);
  const anchorOf = anchorFinder();
  const fixes = bank.files.flatMap((file) =>
    file.questions.flatMap((question): Fix[] => {
      const twins = answered.get(askedHash(question, questionBody(file.source, question)));
      const twin = twins?.find((each) => each.file === file) ?? twins?.[0];
      const isOpen = FILLABLE_STATES.has(question.state) && file.readOnly === undefined;
      return twin === undefined || !isOpen ? [] : [linkTo(file, question, twin, anchorOf(twin))];
    }),
  );
  return { fixes, left: [] };
}

function answeredByWhatIsAsked({ files }: Bank): ReadonlyMap<string, readonly Place[]> {
  const answered = new Map<string, Place[]>();
  for (const file of files) {
    for (const question of file.questions) {
      if (question.state !== "filled" || isReference(question.slot.answer)) continue;
      const asked = askedHash(question, questionBody(file.source, question));
      const places = answered.get(asked);
      if (places === undefined) answered.set(asked, [{ file, question }]);
      else places.push({ file, question });
    }
  }
  return answered;
}

function linkTo(file: BankFile, question: Question, twin: Place, anchor: string | undefined): Fix {
  const words = twin.question.text.replace(/[[\]]/g, String.raw`\$&`);
  const path = twin.file === file ? "" : relativePath(file.path, twin.file.path);
  const target = anchor === undefined ? path : `${path}#${anchor}`;
  const number = twin.question.number;
  // A place that has no anchor is told by its number.
  const where = anchor === undefined && number !== undefined ? `, number ${number}` : "";
  return {
    name: "links",
    file,
    question,
    body: target === "" ? `See "${twin.question.text}" in this file${where}.` : `See [${words}](${target})${where}.`,
    flags: [],
    doubts: [],
    from: { path: twin.file.path, text: twin.question.text },
  };
}

function anchorFinder(): (place: Place) => string | undefined {
  const known = new Map<BankFile, ReadonlyMap<number, string>>();
  return ({ file, question }) => {
    const anchors = known.get(file) ?? headingAnchors(mapLines(file.source));
    known.set(file, anchors);
    const anchor = anchors.get(question.line - 1);
    return anchor === "" ? undefined : anchor;
  };
}

/** From one file of the project to another, for a link. */
function relativePath(from: string, to: string): string {
  const here = from.split("/").slice(0, -1);
  const there = to.split("/");
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1;
  const up = here.slice(shared).map(() => "..");
  return [...up, ...there.slice(shared).map(encoded)].join("/");
}

function encoded(name: string): string {
  return encodeURIComponent(name).replaceAll("(", "%28").replaceAll(")", "%29");
}
