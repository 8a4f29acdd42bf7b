import type { z } from "zod";
import type { Hash } from "../../core/hash.ts";
import type { PromptFile } from "../../prompt/prompt-file.ts";
import { compileTask, promptFor, type RenderedTask } from "../../prompt/task-maker.ts";
import type { JudgeCriterion, JudgeInput } from "./judge-input.ts";
import { judgeReplySchema, type JudgeReply } from "./judge-reply.ts";

/** Which request it is among those about one answer. */
export interface GradeRequest {
  /** See `Task.sample`. */
  readonly sample: number;
  /** See `Task.isFollowUp`. */
  readonly isFollowUp: boolean;
}

/** The prompt of `grade`, ready for use. */
export interface GradePrompts {
  grade(input: JudgeInput, request: GradeRequest): RenderedTask<JudgeReply>;
  /** What goes into a record: name with version, and the hash of the file. */
  readonly provenance: { readonly prompt: string; readonly prompt_hash: Hash };
}

/**
 * Compiles the prompt file.
 * @throws UserError naming file and line of a fault.
 */
export function compileGradePrompts(files: { readonly grade: PromptFile }): GradePrompts {
  const prompt = promptFor("grade", files.grade);
  const make = compileTask(prompt);
  const schemaOf = rememberedSchemas();
  return {
    grade: (input, request) => make({ values: { ...input }, schema: schemaOf(input.criteria), ...request }),
    provenance: { prompt: `${prompt.task}@${prompt.version}`, prompt_hash: prompt.hash },
  };
}

/** One schema for all answers that are judged by the same criteria: it is turned into JSON schema once. */
function rememberedSchemas(): (criteria: readonly JudgeCriterion[]) => z.ZodType<JudgeReply> {
  const known = new Map<string, z.ZodType<JudgeReply>>();
  return (criteria) => {
    const key = JSON.stringify(
      criteria.map(({ id, evidence, levels }) => [id, evidence, levels.map((each) => each.id)]),
    );
    const schema = known.get(key) ?? judgeReplySchema(criteria);
    known.set(key, schema);
    return schema;
  };
}
