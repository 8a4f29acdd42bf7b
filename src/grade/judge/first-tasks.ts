import type { Task } from "../../core/task.ts";
import { firstSampleNumber, type GradeOptions } from "./grade-answer.ts";
import type { GradingItem } from "./grading-item.ts";
import type { GradePrompts } from "./grade-prompts.ts";
import { wholeLook } from "./judge-look.ts";
import type { JudgeReply } from "./judge-reply.ts";
import { judgeInputOf, type SheetOptions } from "./judge-sheet.ts";

/** The requests that grading an answer begins with, one a sheet: to say beforehand what a run would send. */
export function firstTasks(
  prompts: GradePrompts,
  item: GradingItem,
  options: SheetOptions & Pick<GradeOptions, "sample">,
): readonly Task<JudgeReply>[] {
  if (item.checks.verdict !== "grade") return [];
  const { sheets, segments } = wholeLook(item, options);
  return sheets.map((sheet) => {
    const input = judgeInputOf(item, sheet, segments, []);
    return prompts.grade(input, { sample: firstSampleNumber(options.sample), isFollowUp: false }).task;
  });
}
