import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { indexBank } from "../../src/bank/index-bank.ts";
import type { Proposal } from "../../src/bank/proposal.ts";
import type { Bank, BankFile } from "../../src/bank/question.ts";
import { readBankFile, rereadBankFile } from "../../src/bank/read-bank-file.ts";
import { guardAnswers } from "../../src/bank/structure-guard.ts";
import { kindOfId } from "../../src/bank/proposal.ts";
import { wordingView } from "../../src/bank/wording.ts";
import { planApplyInTurn, type ApplyRequest } from "../../src/review/apply.ts";
import { planUndoInTurn } from "../../src/review/undo.ts";
import { proposalOf } from "./proposal-of.ts";

const CONFIG = bankConfigSchema.parse({});
const PATH = "questions/a.md";
const GLUED = ["What isa queue?", "Whyis it so?", "How doesa stack grow?", "What isa queue?"];
const SPACED = ["What is a queue?", "Why is it so?", "How does a stack grow?", "What is a queue?"];
const TEXT = GLUED.map((text, at) => `## Question ${at + 1}\n\n**${text}**\n\n**Answer:** _[To be filled]_\n`).join(
  "\n",
);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

function bankOf(text: string): Bank {
  return indexBank([readBankFile(PATH, encode(text), CONFIG)]);
}

function fileOf(bank: Bank): BankFile {
  const [file] = bank.files;
  if (file === undefined) throw new Error("no file");
  return file;
}

/** Answers and wordings of one file, each with how it is read and guarded. */
function kindsOf(bank: Bank): readonly (Omit<ApplyRequest, "proposals"> & { readonly kind: string })[] {
  const reread = (_path: string, bytes: Uint8Array): BankFile => rereadBankFile(fileOf(bank), bytes, CONFIG);
  return [
    { kind: "answer", bank, read: reread },
    {
      kind: "wording",
      bank: { files: bank.files.map(wordingView) },
      read: (path, bytes) => wordingView(reread(path, bytes)),
      guard: (before, after) => guardAnswers(reread(PATH, before.source.bytes), reread(PATH, after.source.bytes)),
    },
  ];
}

function applied(bank: Bank, proposals: readonly Proposal[]): ReturnType<typeof planApplyInTurn> {
  const ofKind = (kind: string): readonly Proposal[] => proposals.filter(({ header }) => kindOfId(header.id) === kind);
  return planApplyInTurn(kindsOf(bank).map(({ kind, ...request }) => ({ ...request, proposals: ofKind(kind) })));
}

test("kinds that change one file give one write, each in its own slots, and come out again in any order", () => {
  const picks = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(picks, picks, picks, picks, (answers, wordings, first, second) => {
      const bank = bankOf(TEXT);
      const view = fileOf({ files: bank.files.map(wordingView) });
      const proposals = fileOf(bank).questions.flatMap((question, at) => [
        ...(answers[at] === true ? [proposalOf(fileOf(bank), question, `Answer ${at}, in words.`)] : []),
        ...(wordings[at] === true ? [wordingProposal(view, at)] : []),
      ]);
      const plan = applied(bank, proposals);
      const expected = GLUED.map((text, at) => {
        const wording = wordings[at] === true ? SPACED[at] : text;
        const answer = answers[at] === true ? `Answer ${at}, in words.` : "_[To be filled]_";
        return `## Question ${at + 1}\n\n**${wording}**\n\n**Answer:** ${answer}\n`;
      }).join("\n");
      expect(plan.results.map(({ kind }) => kind)).toEqual(proposals.map(() => "applied"));
      expect(plan.files.map(({ after }) => withoutBlanksAround(decode(after)))).toEqual(
        proposals.length === 0 ? [] : [withoutBlanksAround(expected)],
      );
      const now = bankOf(decode(plan.files[0]?.after ?? encode(TEXT)));
      expect(fileOf(now).questions.map(({ id }) => id)).toEqual(fileOf(bank).questions.map(({ id }) => id));

      const records = plan.results.flatMap((result) => (result.kind === "applied" ? [result.record] : []));
      let text = decode(fileOf(now).source.bytes);
      for (const takes of [first, second, [true, true, true, true]]) {
        const left = records.filter((_record, at) => takes[at % 4] === true);
        const present = bankOf(text);
        const undo = planUndoInTurn(
          kindsOf(present).map(({ kind, ...request }) => ({
            ...request,
            records: left.filter(({ id }) => kindOfId(id) === kind),
          })),
        );
        text = decode(undo.files[0]?.after ?? encode(text));
      }
      expect(text).toBe(TEXT);
    }),
    { numRuns: 60 },
  );
});

function wordingProposal(view: BankFile, at: number): Proposal {
  const question = view.questions[at];
  if (question === undefined) throw new Error("no question");
  const proposal = proposalOf(view, question, SPACED[at] ?? "");
  return { ...proposal, header: { ...proposal.header, kind: "wording" } };
}

/** Where an answer stands beside its marker is its spacing's to say. */
function withoutBlanksAround(text: string): string {
  return text.replace(/\*\*Answer:\*\*\s+/g, "**Answer:** ").replace(/\n{3,}/g, "\n\n");
}
