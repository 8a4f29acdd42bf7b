import { groupBy } from "../../core/group-by.ts";
import type { BankFile } from "../../bank/question.ts";
import { asks } from "../../bank/question-like.ts";
import { isBank, unfilledOf, type Survey } from "./init-survey.ts";

/** Bank files of one folder that are laid out alike. */
export interface BankGroup {
  /** From the project folder: a folder with a slash at its end, or a file that is alone in its group. */
  readonly where: string;
  readonly dialect: string;
  readonly chosen_by: BankFile["chosenBy"];
  readonly files: number;
  readonly questions: number;
  readonly unfilled: number;
  /** Files that are read and never written. */
  readonly read_only: number;
  /** A question of theirs as it was read, by which a person sees whether the layout was understood. */
  readonly sample: string;
}

/** A person reads no more rows than this at a glance. */
const MOST_ROWS = 24;

/** The bank files by folder and layout; by folders further up where these would be too many rows to look at. */
export function groupBanks({ files }: Pick<Survey, "files">): readonly BankGroup[] {
  const banks = files.filter(isBank);
  const deepest = Math.max(1, ...banks.map(({ path }) => path.split("/").length - 1));
  for (let depth = deepest; ; depth -= 1) {
    const groups = groupsAt(banks, depth);
    if (groups.length <= MOST_ROWS || depth <= 1) return groups;
  }
}

function groupsAt(banks: readonly BankFile[], depth: number): readonly BankGroup[] {
  const folderOf = ({ path }: BankFile): string =>
    path
      .split("/")
      .slice(0, -1)
      .slice(0, depth)
      .map((name) => `${name}/`)
      .join("");
  const groups = groupBy(banks, (file) => [folderOf(file), file.dialects.join(" + "), file.chosenBy].join("\n"));
  return [...groups].map(([key, members]) => {
    const [folder = "", dialect = ""] = key.split("\n");
    const [first, second] = members;
    const shared = folder === "" ? "./" : folder;
    return {
      where: second === undefined ? (first?.path ?? shared) : shared,
      dialect,
      chosen_by: first?.chosenBy ?? "none",
      files: members.length,
      questions: sum(members, (file) => file.questions.length),
      unfilled: sum(members, unfilledOf),
      read_only: sum(members, (file) => Number(file.readOnly !== undefined)),
      sample: sampleOf(members),
    };
  });
}

function sampleOf(files: readonly BankFile[]): string {
  const questions = files.flatMap((file) => file.questions);
  return (questions.find(({ text }) => asks(text)) ?? questions[0])?.text ?? "";
}

function sum(files: readonly BankFile[], valueOf: (file: BankFile) => number): number {
  return files.reduce((total, file) => total + valueOf(file), 0);
}
