import type { StyleInput } from "./task-input.ts";

/** A draft and what it is checked against. */
export interface LintSubject {
  readonly answer: string;
  /** As the file words it. */
  readonly question: string;
  /** What stands below the question, such as a program; "" for nothing. */
  readonly body: string;
  readonly questionRestored: string;
  readonly sourcesCited: readonly string[];
  readonly passages: readonly { readonly id: string; readonly heading: string; readonly text: string }[];
  readonly style: StyleInput;
}
