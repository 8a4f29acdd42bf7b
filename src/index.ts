// The library: what a program needs to read a bank, look for faults in it, and write answers into it. Drafting and
// reviewing are commands of the tool. Everything here is pure: bytes in, values out.
export { bankConfigSchema, type BankConfig } from "./bank/bank-config.ts";
export { readBankFile, rereadBankFile } from "./bank/read-bank-file.ts";
export { indexBank } from "./bank/index-bank.ts";
export type { Bank, BankFile, Question, QuestionState, Slot } from "./bank/question.ts";
export { auditBank } from "./bank/audit.ts";
export { renderAnswer } from "./bank/slots.ts";
export { applyEdits, type Edit } from "./bank/apply-edits.ts";
export { guardStructure } from "./bank/structure-guard.ts";
export { proposalHeader, type Proposal, type ProposalHeader } from "./bank/proposal.ts";
export type { Diagnostic, DiagnosticCode, Severity } from "./core/diagnostics.ts";
export { messageOf } from "./core/messages.ts";
export { UserError } from "./core/errors.ts";
