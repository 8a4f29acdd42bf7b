import { askedHash } from "../bank/question-body.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import type { Hash } from "../core/hash.ts";
import type { DraftGroup, PlannedQuestion } from "./fill-plan.ts";

/** Puts questions that ask the same together, groups in the order of their first member. */
export function groupTwins(planned: readonly PlannedQuestion[]): readonly DraftGroup[] {
  const members = new Map<Hash, PlannedQuestion[]>();
  for (const each of planned) {
    const asked = askedHash(each.question, each.body);
    const twins = members.get(asked);
    if (twins === undefined) members.set(asked, [each]);
    else twins.push(each);
  }
  return [...members].map(([asked, twins]) => {
    const { text, headings } = wordingOf(twins);
    const sample = Math.max(...twins.map((twin) => twin.revision)) - 1;
    const note = [...new Set(twins.map((twin) => twin.note))].filter((each) => each !== "").join("\n");
    return { askedHash: asked, text, body: twins[0]?.body ?? "", headings, sample, note, members: twins };
  });
}

// By content alone, so that the request stays the same when files are renamed or questions change places.
function wordingOf(twins: readonly PlannedQuestion[]): { readonly text: string; readonly headings: readonly string[] } {
  const wordings = twins.map(({ question }) => ({ text: question.text, headings: question.headings }));
  const [best] = wordings.toSorted(
    (left, right) =>
      blanksIn(right.text) - blanksIn(left.text) || (canonicalJson(left) < canonicalJson(right) ? -1 : 1),
  );
  return best ?? { text: "", headings: [] };
}

function blanksIn(text: string): number {
  return text.split(/\s+/).length;
}
