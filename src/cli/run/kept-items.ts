import { z } from "zod";
import { canonicalJson } from "../../core/canonical-json.ts";
import { hashOf } from "../../core/hash.ts";
import type { RecordLog, RecordPlace } from "../../core/record-log.ts";
import type { DraftItem } from "../../fill/draft-item.ts";
import type { DraftGroup } from "../../fill/fill-plan.ts";
import { draftItem } from "../fill/draft-job.ts";

const keptRecord = z.object({ v: z.literal(1), group: z.string(), item: draftItem });

/**
 * What drafts are made from, as it was when it was first asked for. A run that waits a day for its drafts goes on with the
 * notes, answers and style that they were asked with: its citations mean those, and its next requests follow from them. A
 * question that is worded anew is another one, and is made up from what there is now.
 */
export class KeptItems {
  readonly #log: RecordLog;
  readonly #make: (group: DraftGroup) => DraftItem;
  readonly #places = new Map<string, RecordPlace>();
  /** Of earlier sessions, and not compared yet with what there is now. */
  readonly #early = new Set<string>();
  #changed = 0;

  constructor(log: RecordLog, make: (group: DraftGroup) => DraftItem) {
    this.#log = log;
    this.#make = make;
    log.scan((raw, place) => {
      const { success, data } = keptRecord.safeParse(raw);
      if (success) this.#places.set(data.group, place);
    });
    for (const name of this.#places.keys()) this.#early.add(name);
  }

  /** How many of an earlier session would be made from something else now. */
  get changed(): number {
    return this.#changed;
  }

  of(group: DraftGroup): DraftItem {
    const name = nameOf(group);
    const kept = this.#read(name);
    if (kept === undefined || !group.members.some(({ question }) => question.text === kept.question)) {
      return this.#keep(name, this.#make(group));
    }
    if (this.#early.delete(name) && canonicalJson(kept) !== canonicalJson(this.#make(group))) this.#changed += 1;
    return kept;
  }

  #read(name: string): DraftItem | undefined {
    const place = this.#places.get(name);
    return place === undefined ? undefined : keptRecord.parse(this.#log.read(place)).item;
  }

  #keep(name: string, made: DraftItem): DraftItem {
    const item = draftItem.parse(made);
    this.#early.delete(name);
    this.#places.set(name, this.#log.append({ v: 1, group: name, item }));
    return item;
  }
}

/** A question keeps its name when it moves among its like; below other headings its answer would be shaped otherwise. */
function nameOf({ askedHash, sample, note, headings }: DraftGroup): string {
  return hashOf(canonicalJson({ textHash: askedHash, sample, note, depth: headings.length }));
}
