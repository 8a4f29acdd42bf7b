// The library, for programs that fill, review, grade and export on their own terms. Everything is pure (bytes in, values out)
// but the providers, which ask a model, and `packagedPrompt`, which reads the package's own files. Nothing here writes.

// Reading a bank
export { bankConfigSchema, type BankConfig } from "./bank/bank-config.ts";
export { readBankFile, rereadBankFile } from "./bank/read-bank-file.ts";
export { indexBank } from "./bank/index-bank.ts";
export type { Bank, BankFile, Question, QuestionState, Slot } from "./bank/question.ts";
export { auditBank } from "./bank/audit.ts";
export type { Diagnostic, DiagnosticCode, Severity } from "./core/diagnostics.ts";
export { messageOf } from "./core/messages.ts";
export { UserError } from "./core/errors.ts";

// Asking a model
export type { Model, Provider } from "./core/model.ts";
export type { Outcome, OutcomeStatus, Receipt } from "./core/outcome.ts";
export { openAiProvider, type OpenAiOptions } from "./llm/openai.ts";
export { offlineProvider } from "./llm/offline.ts";
export { OFFLINE_ANSWERS } from "./fill/offline-answers.ts";
export { OFFLINE_GRADES } from "./grade/offline/offline-grades.ts";
export { modelOf, type ModelOfOptions } from "./llm/model-of.ts";
export { packagedPrompt } from "./files/packaged-prompts.ts";

// Filling
export { compileDraftPrompts, type DraftPrompts } from "./fill/draft-tasks.ts";
export { fillBank, type FillBankRequest, type FilledBank } from "./fill/fill-bank.ts";
export { proposalHeader, type Proposal, type ProposalHeader } from "./bank/proposal.ts";

// Reviewing
export { decide, type Decision, type DecisionAction } from "./review/decide.ts";
export { reviewItems, type ReviewItem } from "./review/states.ts";
export { planApply, type ApplyPlan, type ApplyRequest } from "./review/apply.ts";
export { unifiedDiff } from "./review/unified-diff.ts";
export { renderAnswer } from "./bank/slots.ts";
export { applyEdits, type Edit } from "./bank/apply-edits.ts";
export { guardStructure } from "./bank/structure-guard.ts";

// Grading
export { parseRubricFile } from "./files/rubric-files.ts";
export { readRubricDocument, type PlacedRubric, type RubricFault } from "./grade/rubric/rubric-reader.ts";
export { formatRubricYaml } from "./grade/rubric/rubric-yaml.ts";
export type { Rubric } from "./grade/rubric/rubric.ts";
export { lintRubrics } from "./grade/lint/rubric-lint.ts";
export { readSubmissions, type ReadSubmissions } from "./grade/submissions/read-submissions.ts";
export type { Submission } from "./grade/submissions/submission.ts";
export { compileGradePrompts, type GradePrompts } from "./grade/judge/grade-prompts.ts";
export {
  gradeSubmissions,
  type GradedSubmissions,
  type GradeSubmissionsRequest,
} from "./grade/judge/grade-submissions.ts";
export type { GradeRecord } from "./grade/records/record.ts";

// Exporting
export { chooseQuestions, type BankExport, type ExportedQuestion } from "./export/bank-export.ts";
export { bankJsonLines } from "./export/bank-jsonl.ts";
export { studyGuide } from "./export/guide.ts";
export { ankiText } from "./export/anki.ts";
export { moodleXml } from "./export/moodle.ts";
