const INTERROGATIVE =
  "what|what's|whats|why|how|when|where|which|who|whom|whose|is|are|was|were|do|does|did|can|could|should|would|will|have|has|may|might|am|in what|in which|under what|for what|at what|to what|true or false";
const REQUEST =
  "explain|describe|define|discuss|compare|contrast|differentiate|distinguish|difference|differences|elaborate|tell me|tell us|name|list|give|mention|state|outline|illustrate|demonstrate|what’s";
const TASK =
  "write|implement|design|create|build|propose|develop|calculate|compute|find|prove|derive|identify|provide|show|summarize|summarise|suppose|given|imagine|consider|let|if|you|your|walk|talk|analyze|analyse|evaluate|draw|convert|print|return|check|use|using|determine|assume|code|sketch|solve|construct|devise|suggest|formulate|examine|assess|detail|fix|pros and cons|advantages|types of|role of|importance of|need for|use of|uses of|reverse|sort|count|select|get|extract";

const ENDS_LIKE_QUESTION = /[?？؟\u037E][\s*_"'”’)\]`#.…!]*$/u;
const STARTS_LIKE_QUESTION = new RegExp(`^[^\\p{L}]{0,6}(?:${INTERROGATIVE}|${REQUEST})\\b`, "iu");
const STARTS_LIKE_TASK = new RegExp(`^[^\\p{L}]{0,6}(?:${TASK})\\b`, "iu");
const HOW_TO = /^[^\p{L}]{0,6}how to\b/iu;
// `parse(text, options?)`: a signature, not a question.
const SIGNATURE = /^[^\s(]{1,60}\(.*\)$/u;
const QUESTION_MARK = /[?？؟]/u;

/** True for text that asks: a question mark at the end, a word of asking at the start. A how-to title does not ask. */
export function asks(text: string): boolean {
  if (QUESTION_MARK.test(text) && ENDS_LIKE_QUESTION.test(text.slice(-40))) return !SIGNATURE.test(text);
  return STARTS_LIKE_QUESTION.test(text) && !HOW_TO.test(text);
}

/** As {@link asks}, or a task, or with a question in it: right for texts that something else marks as questions. */
export function asksOrTasks(text: string): boolean {
  return asks(text) || QUESTION_MARK.test(text) || STARTS_LIKE_TASK.test(text) || HOW_TO.test(text);
}
