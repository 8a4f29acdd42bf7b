import type { Diagnostic, DiagnosticCode } from "../core/diagnostics.ts";
import { endsInCarriageReturns, wideEncoding } from "./encoding.ts";
import type { GeneratedMark } from "./generated.ts";
import { type LineMap, LONGEST_SEARCHED_LINE } from "./line-map.ts";
import type { BankFile } from "./question.ts";
import type { SourceText } from "./source-text.ts";

interface FileFacts {
  readonly path: string;
  readonly source: SourceText;
  readonly map: LineMap;
  readonly generated: GeneratedMark | undefined;
}

/** What is wrong with a file as a whole, and whether that forbids writing to it. */
export function diagnoseFile(facts: FileFacts): Pick<BankFile, "diagnostics" | "readOnly"> {
  const unread = unreadDiagnostic(facts);
  // What the rest says of bytes that were misread would be nonsense.
  if (unread !== undefined) return { diagnostics: [unread], readOnly: unread.code };
  const blocking = blockingDiagnostics(facts);
  return { diagnostics: [...blocking, ...otherDiagnostics(facts)], readOnly: blocking[0]?.code };
}

const UNREAD: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(["not-utf8", "carriage-returns"]);

/** Why a file cannot be read as a bank at all; undefined for one that can. */
export function whyUnread({ diagnostics }: Pick<BankFile, "diagnostics">): Diagnostic | undefined {
  return diagnostics.find(({ code }) => UNREAD.has(code));
}

function unreadDiagnostic({ path, source }: FileFacts): Diagnostic | undefined {
  const encoding = wideEncoding(source.bytes);
  if (encoding !== undefined) {
    return { code: "not-utf8", severity: "error", path, line: 1, arguments: { encoding } };
  }
  return endsInCarriageReturns(source)
    ? { code: "carriage-returns", severity: "error", path, line: 1, arguments: {} }
    : undefined;
}

function blockingDiagnostics({ path, map, generated }: FileFacts): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { unclosedFence, unclosedComment } = map;
  if (unclosedFence !== undefined) {
    const { line, fence } = unclosedFence;
    found.push({ code: "unclosed-fence", severity: "error", path, line: line + 1, arguments: { fence } });
  }
  if (unclosedComment !== undefined) {
    found.push({ code: "unclosed-comment", severity: "error", path, line: unclosedComment + 1, arguments: {} });
  }
  if (generated !== undefined) {
    const { line, marker } = generated;
    found.push({ code: "generated-file", severity: "info", path, line: line + 1, arguments: { marker } });
  }
  return found;
}

function otherDiagnostics({ path, source, map }: FileFacts): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const invalid = [...source.invalidLines];
  if (invalid[0] !== undefined) {
    const line = invalid[0] + 1;
    found.push({ code: "invalid-utf8", severity: "warning", path, line, arguments: { lines: invalid.length } });
  }
  if (map.frontMatter.error !== undefined) {
    const reason = map.frontMatter.error;
    found.push({ code: "front-matter-invalid", severity: "warning", path, line: 1, arguments: { reason } });
  }
  const long = map.lines.findIndex((line) => line.length > LONGEST_SEARCHED_LINE);
  if (long !== -1) {
    const length = map.lineAt(long).length;
    const limit = LONGEST_SEARCHED_LINE;
    found.push({ code: "long-line", severity: "info", path, line: long + 1, arguments: { length, limit } });
  }
  return found;
}
