import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createReport } from "../../src/cli/report.ts";

interface Printed {
  readonly out: string;
  readonly err: string;
}

type ReportOptions = Parameters<typeof createReport>[1];

/** What a report prints of each kind of line. */
function printed(options: Partial<ReportOptions>, speak: (report: ReturnType<typeof createReport>) => void): Printed {
  let out = "";
  let err = "";
  const streams = {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    in: process.stdin,
  };
  speak(createReport(streams, { json: false, quiet: false, ...options }));
  return { out, err };
}

function everything(report: ReturnType<typeof createReport>): void {
  report.result("result");
  report.note("note");
  report.warn("warning");
  report.document({ answer: 42 });
}

describe("which words go where", () => {
  test.each([
    ["plain", {}, { out: "result\n", err: "note\nwarning\n" }],
    ["--quiet", { quiet: true }, { out: "result\n", err: "warning\n" }],
    ["--json", { json: true }, { out: '{\n  "answer": 42\n}\n', err: "note\nwarning\n" }],
    ["--json --quiet", { json: true, quiet: true }, { out: '{\n  "answer": 42\n}\n', err: "warning\n" }],
  ])("%s", (_name, options, expected) => {
    expect(printed(options, everything)).toEqual(expected);
  });
});

function bold(text: string, colour: boolean): string {
  return printed({ colour }, (report) => report.result(`${report.style("bold", text)} rest`)).out;
}

describe("styles", () => {
  test("become codes where colours are wanted, and nothing elsewhere", () => {
    expect(bold("word", true)).toBe("\u001B[1mword\u001B[22m rest\n");
    expect(bold("word", false)).toBe("word rest\n");
  });

  test("cannot be forged by a text: no escape of its own gets through, styled or not", () => {
    const hostile = fc
      .array(
        fc.constantFrom("\u001B[31m", "\u009B31m", "\uE000", "\uE001", "red;", "a", "\u202E", "\n", "\r", "\u0007"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, colour) => {
        const { out } = printed({ colour }, (report) => report.result(`${text}${report.style("bold", text)}${text}`));
        const own = out.replaceAll(/\u001B\[(?:1|2|22|31|32|33|36|39)m/g, "");
        expect(own).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/);
        if (!colour) expect(out).toBe(own);
      }),
    );
  });
});

test("a document is one line of JSON values that a terminal can bear", () => {
  const { out } = printed({ json: true }, (report) => report.document({ id: "\u202E\u009B" }));
  expect(out).toBe('{\n  "id": "\\u202e\\u009b"\n}\n');
});
