import type { HouseStyle } from "../bank/style.ts";
import type { DraftGroup } from "./fill-plan.ts";
import type { Passage } from "./passage.ts";
import type { RetrievalIndex, SearchLimits } from "./retrieval.ts";
import { styleGuide } from "./style-guide.ts";
import type { DraftInput, StyleInput } from "./task-input.ts";

/** One question with everything its draft is made from. */
export interface DraftItem {
  /** As the file words it. */
  readonly question: string;
  /** The same with lost blanks put back by rule, for retrieval and as a hint; equal to `question` where none are lost. */
  readonly reading: string;
  /** What stands below the question and belongs to it, such as a program or choices, as markdown; "" for nothing. */
  readonly body: string;
  /** Headings above the question, outermost first. */
  readonly topic: readonly string[];
  readonly style: StyleInput;
  readonly passages: readonly Passage[];
  /** What a reviewer said of an earlier draft; "" for a first one. */
  readonly note: string;
}

/** What the prompts get of an item: no path, and no comment that a reader of the note would not see. */
export function inputOf(item: DraftItem): DraftInput {
  return {
    question: item.question,
    reading: item.reading,
    body: withoutComments(item.body).trim(),
    topic: [...item.topic],
    style: item.style,
    note: item.note,
    passages: item.passages.map(({ id, kind, heading, text }) => ({ id, kind, heading, text: withoutComments(text) })),
  };
}

function withoutComments(text: string): string {
  const [first = "", ...rest] = text.split("<!--");
  const kept = rest.map((part) => part.slice(part.indexOf("-->") < 0 ? part.length : part.indexOf("-->") + 3));
  return [first, ...kept].join("");
}

/** Gathers what a group of twins is drafted from. `house` is the style of the place its first member stands in. */
export function itemFor(
  group: Pick<DraftGroup, "text" | "body" | "headings" | "note">,
  index: RetrievalIndex,
  house: HouseStyle,
  limits?: SearchLimits,
): DraftItem {
  return {
    question: group.text,
    reading: index.readingOf(group.text),
    body: group.body,
    topic: group.headings,
    style: styleGuide(house, group.headings),
    passages: index.search(group.text, limits),
    note: group.note,
  };
}
