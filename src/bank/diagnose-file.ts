import type { Diagnostic } from "../core/diagnostics.ts";
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
  const blocking = blockingDiagnostics(facts);
  return { diagnostics: [...blocking, ...otherDiagnostics(facts)], readOnly: blocking[0]?.code };
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
