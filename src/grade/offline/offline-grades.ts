import { judgeOffline } from "./offline-judge.ts";
import { draftRubricOffline } from "../draft/rubric-draft-offline.ts";

/** What the offline provider replies to the tasks of `grade`: pure functions of a task's input. */
export const OFFLINE_GRADES: Readonly<Record<"grade" | "rubric", (taskInput: unknown) => unknown>> = {
  grade: judgeOffline,
  rubric: draftRubricOffline,
};
