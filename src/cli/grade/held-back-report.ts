import type { Report } from "../report.ts";

/** A report that says nothing while a whole screen is being drawn, and what it was to say afterwards, each line once. */
export function heldBackReport(report: Report): { readonly report: Report; release(): void } {
  const notes = new Set<string>();
  const warnings = new Set<string>();
  return {
    report: {
      ...report,
      result: (line) => void notes.add(line),
      note: (line) => void notes.add(line),
      warn: (line) => void warnings.add(line),
    },
    release() {
      for (const line of notes) report.note(line);
      for (const line of warnings) report.warn(line);
    },
  };
}
