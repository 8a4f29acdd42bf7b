/**
 * Everything the tool may say about the user's content, as data: a code, where, and typed arguments.
 * `messages.ts` is the one place that turns it into words.
 */
export interface DiagnosticArguments {
  "unclosed-fence": { readonly fence: string };
  "unclosed-comment": Record<string, never>;
  "not-utf8": { readonly encoding: string };
  "carriage-returns": Record<string, never>;
  "invalid-utf8": { readonly lines: number };
  "front-matter-invalid": { readonly reason: string };
  "long-line": { readonly length: number; readonly limit: number };
  "generated-file": { readonly marker: string };
  "parsers-disagree": { readonly id: string };
  "number-repeated": { readonly number: string; readonly firstLine: number };
  "number-missing": { readonly from: string; readonly to: string };
  "duplicate-question": { readonly id: string; readonly firstPath: string; readonly firstLine: number };
  "conflicting-answers": { readonly id: string; readonly firstPath: string; readonly firstLine: number };
  "glued-words": { readonly id: string; readonly found: string; readonly repaired: string };
  "stub-answer": { readonly id: string; readonly words: number };
  "partial-answer": { readonly id: string };
  "unmarked-choice": { readonly id: string };
  "wrong-total": { readonly stated: number; readonly counted: number };
  "structure-changed": { readonly id: string; readonly reason: string };
}

export type DiagnosticCode = keyof DiagnosticArguments;
export type Severity = "error" | "warning" | "info";

export type Diagnostic<Code extends DiagnosticCode = DiagnosticCode> = {
  [Each in Code]: {
    readonly code: Each;
    readonly severity: Severity;
    readonly path: string;
    /** 1-based line in the file. */
    readonly line: number;
    readonly arguments: DiagnosticArguments[Each];
  };
}[Code];
