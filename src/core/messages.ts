import type { Diagnostic, DiagnosticArguments, DiagnosticCode } from "./diagnostics.ts";
import { plural } from "./plural.ts";

type Writers = { readonly [Code in DiagnosticCode]: (args: DiagnosticArguments[Code]) => string };

const WRITERS: Writers = {
  "unclosed-fence": ({ fence }) => `code fence ${fence} is never closed; nothing is written to this file until it is`,
  "unclosed-comment": () => "HTML comment is never closed; nothing is written to this file until it is",
  "not-utf8": ({ encoding }) => `the file is ${encoding}, so no question is found; save it as UTF-8`,
  "carriage-returns": () =>
    "lines end in carriage returns alone, so no question is found; save it with LF or CRLF line ends",
  "invalid-utf8": ({ lines }) =>
    lines === 1
      ? "1 line is not valid UTF-8; it is kept as it is, a slot on it is not filled"
      : `${lines} lines are not valid UTF-8; they are kept as they are, slots on them are not filled`,
  "front-matter-invalid": ({ reason }) => `front matter cannot be read: ${reason}`,
  "long-line": ({ length, limit }) =>
    `line of ${length} characters is longer than ${limit}; it is not searched for questions`,
  "generated-file": ({ marker }) => `file is generated (${marker}); it is read but never written`,
  "parsers-disagree": ({ id }) => `two parsers see a different structure around ${id}; it is not written`,
  "number-repeated": ({ number, firstLine }) => `number ${number} was used before, at line ${firstLine}`,
  "number-missing": ({ from, to }) => `numbers jump from ${from} to ${to}`,
  "duplicate-question": ({ id, firstPath, firstLine }) => `${id} asks the same as ${firstPath}:${firstLine}`,
  "conflicting-answers": ({ id, firstPath, firstLine }) => `${id} is answered differently at ${firstPath}:${firstLine}`,
  "glued-words": ({ id, found, repaired }) => `${id} has glued words: "${found}", probably "${repaired}"`,
  "stub-answer": ({ id, words }) => `${id} has an answer of only ${plural(words, "word")}`,
  "partial-answer": ({ id }) => `${id} has an answer that is marked as unfinished`,
  "unmarked-choice": ({ id }) => `${id} asks for a choice, and none is marked as right`,
  "wrong-total": ({ stated, counted }) =>
    `the text says ${plural(stated, "question")}, ${counted} ${counted === 1 ? "is" : "are"} here`,
  "structure-changed": ({ id, reason }) => `${id} would change the structure of the file: ${reason}`,
};

/** The one place where a diagnostic becomes words. Plain text; the caller sanitises it for its medium. */
export function messageOf<Code extends DiagnosticCode>(diagnostic: Diagnostic<Code>): string {
  return WRITERS[diagnostic.code](diagnostic.arguments);
}
