// What a criterion asks for begins with a verb; a second one after "and" begins a second claim. Words that are as often a
// noun count only before what an object begins with.
const VERBS = new Set(
  (
    "explains explain describes describe defines define mentions mention says say identifies identify gives give tells " +
    "compares compare distinguishes distinguish justifies justify discusses discuss argues argue derives derive computes " +
    "compute calculates calculate recommends recommend suggests suggest proposes propose recognises recognise recognizes " +
    "recognize relates relate connects connect cites cite adds add warns warn concludes conclude illustrates illustrate " +
    "that why how"
  ).split(" "),
);
const VERBS_OR_NOUNS = new Set("names name states state lists list notes note shows show uses use points".split(" "));
const OBJECT_STARTS = new Set("the a an at its one two three what why how that which when out".split(" "));

const CODE_SPAN = /`[^`]*`/g;
const JOINT = /;(?=\s)|\b(?:and|but)\s+(?:also |then |further |briefly )?([a-z]+)(?:\s+([a-z]+))?/gi;

/** What joins two claims in a criterion, such as "and explains"; undefined for what looks like one claim. A guess. */
export function jointOfClaims(text: string): string | undefined {
  for (const [joint, verb, next] of text.replace(CODE_SPAN, "code").matchAll(JOINT)) {
    if (verb === undefined) return joint;
    const word = verb.toLowerCase();
    const isVerb = VERBS.has(word) || (VERBS_OR_NOUNS.has(word) && OBJECT_STARTS.has(next?.toLowerCase() ?? ""));
    if (isVerb)
      return joint
        .split(/\s+/)
        .slice(0, next === undefined ? undefined : -1)
        .join(" ");
  }
  return undefined;
}
