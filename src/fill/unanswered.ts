/** How an offline reply begins where the passages do not answer the question. */
export const UNSUPPORTED = "Not supported by the sources";
/** How the draft prompt has a model begin where the question cannot be answered by anyone but the reader, or not read. */
export const UNANSWERABLE = "Cannot be answered";

/** True for a reply that is a reason instead of an answer. */
export function isUnanswered(answer: string): boolean {
  const start = answer.trimStart();
  return start.startsWith(`${UNSUPPORTED}:`) || start.startsWith(`${UNANSWERABLE}:`);
}
