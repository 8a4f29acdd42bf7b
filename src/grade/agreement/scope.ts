import { itemOf, type AgreementRow } from "./agreement-row.ts";
import type { Cluster } from "./bootstrap.ts";
import { groupBy } from "../../core/group-by.ts";

/** What a set of figures speaks of: whole answers to all questions or to one, all criteria or one. */
export type Scope =
  | { readonly kind: "pooled" }
  | { readonly kind: "question"; readonly question: string }
  | { readonly kind: "criteria" }
  | { readonly kind: "criterion"; readonly question: string; readonly criterion: string };

export interface ScopedRows {
  readonly scope: Scope;
  /** Which answers are drawn together for the intervals. */
  readonly clusters: readonly Cluster[];
  readonly rows: readonly AgreementRow[];
  /** Every row of the same sort: whole answers, or criteria. */
  readonly all: readonly AgreementRow[];
}

/** The pooled scope always; the others where there is anything in them. In the order of the rows. */
export function scopesOf(rows: readonly AgreementRow[]): readonly ScopedRows[] {
  const whole = rows.filter(({ criterion }) => criterion === undefined);
  const parts = rows.filter(({ criterion }) => criterion !== undefined);
  const scopes = [
    pool({ kind: "pooled" }, whole),
    ...itemsIn(whole),
    pool({ kind: "criteria" }, parts),
    ...itemsIn(parts),
  ];
  return scopes.filter((each) => each.scope.kind === "pooled" || each.rows.length > 0);
}

function pool(scope: Scope, rows: readonly AgreementRow[]): ScopedRows {
  return { scope, clusters: ["candidate", "question"], rows, all: rows };
}

function itemsIn(all: readonly AgreementRow[]): readonly ScopedRows[] {
  return [...groupBy(all, itemOf).values()].flatMap((rows) => {
    const [row] = rows;
    return row === undefined ? [] : [{ scope: scopeOfItem(row), clusters: ["candidate"], rows, all }];
  });
}

function scopeOfItem({ question, criterion }: AgreementRow): Scope {
  return criterion === undefined ? { kind: "question", question } : { kind: "criterion", question, criterion };
}
