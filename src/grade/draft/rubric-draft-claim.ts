import { sentencesOf } from "../../core/sentences.ts";
import { wordsOf } from "../../core/terms.ts";
import { limitsIn } from "./rubric-draft-limits.ts";
import type { Statement } from "./rubric-draft-statements.ts";

/** What a criterion asks for in as many words at most, where its statement can be shortened to them. */
const LONGEST_CLAIM = 25;
const SHORTEST_CLAIM = 6;

/** The statement as one claim to look for: it begins with what it says, and ends at a border between clauses if it is long. */
export function claimOf({ kind, subject, text }: Statement): string {
  const claim = shortened(withoutOpener(text));
  if (subject === "" || claim.toLowerCase().startsWith(subject.toLowerCase())) return claim;
  return `${subject}${kind === "row" ? " –" : ":"} ${claim}`;
}

const OPENER =
  /^(?:(?:however|moreover|furthermore|additionally|also|besides|basically|in addition|by the way|so|finally|in short),\s+|(?:thus|hence|therefore|and|but),?\s+)/i;

/** Words that only tie it to the sentence before. */
function withoutOpener(text: string): string {
  const [opener = ""] = OPENER.exec(text) ?? [];
  const rest = text.slice(opener.length);
  return opener === "" ? text : rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Where a sentence may end early, if not in the midst of "not just because": before a reason, a consequence, an example, an aside, another main clause. */
const BORDER =
  /;\s|\s[-–—]\s|,\s(?:because|whereas|so|since|which|while|although|though|and thus|and hence|allowing|making|leading|resulting|enabling|thereby|such as|for example|for instance|e\.g\.|i\.e\.|including|typically|usually)[\s,]/gi;
/** A clause of this kind may stand in the midst of another one. */
const INSERTED =
  /^,\s(?:which|while|although|though|since|such as|for example|for instance|e\.g\.|i\.e\.|including|typically|usually)/i;
/** What begins so is no statement before its second comma, and it is hard to tell which that is. */
const SUBORDINATE = /^(?:if|when|whenever|while|since|because|although|though|as|for|in|with|given|by|on|at|to)\b/i;

/** What is left out limits nothing: a claim without its "not", "only" or "unless" is another claim, so it rather stays long. */
function shortened(text: string): string {
  const fitting = firstSentences(text);
  if (lengthOf(fitting) <= LONGEST_CLAIM) return fitting;
  const borders = Array.from(fitting.matchAll(BORDER), ({ index }) => index).filter((at) => isEnd(fitting, at));
  const within = borders.filter((at) => lengthOf(fitting.slice(0, at)) <= LONGEST_CLAIM);
  const end = within.at(-1) ?? borders[0];
  return end === undefined ? fitting : `${fitting.slice(0, end)}.`;
}

function lengthOf(text: string): number {
  return wordsOf(text).length;
}

/** As many whole sentences as there is room for; the first at least. */
function firstSentences(text: string): string {
  const [first = "", ...others] = sentencesOf(text);
  let kept = first;
  for (const sentence of others) {
    const longer = `${kept} ${sentence}`;
    if (lengthOf(longer) > LONGEST_CLAIM) break;
    kept = longer;
  }
  return lengthOf(kept) < SHORTEST_CLAIM ? text : kept;
}

function isEnd(text: string, at: number): boolean {
  const head = text.slice(0, at);
  const tail = text.slice(at);
  if (lengthOf(head) < SHORTEST_CLAIM || limitsIn(tail) > 0) return false;
  if (head.lastIndexOf("(") > head.lastIndexOf(")")) return false;
  if (INSERTED.test(tail) && tail.slice(1).includes(",")) return false;
  return !SUBORDINATE.test(head);
}
