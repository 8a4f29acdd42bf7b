// Phrases with which text speaks to a model rather than to a reader. They only raise a flag: many attacks are worded
// otherwise, and what keeps them harmless is that nothing a model returns is acted on before a person has seen it.
const READER =
  "(?:language models?|llms?|ai (?:agents?|assistants?|models?|readers?|systems?)|chatbots?|assistants?|automated (?:agents?|readers?))";
const PATTERNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules|above|previous|prior)\b/i,
  new RegExp(
    `\\b${READER}\\b[^.\\n]{0,40}\\b(?:must|should|shall|please|reading this|are (?:asked|required|told))\\b[^.\\n]{0,40}\\b(?:add|answer|cite|include|insert|mention|output|praise|recommend|say|state|write)\\b`,
    "i",
  ),
  new RegExp(
    `\\b(?:note|instructions?|message|attention)\\b[^.\\n]{0,12}\\b(?:to|for)\\b[^.\\n]{0,12}\\b${READER}\\b`,
    "i",
  ),
  /\b(?:when|if) (?:you (?:summari[sz]e|answer|draft|cite)|asked about)\b[^.\n]{0,60}\b(?:add|cite|include|mention|recommend|say)\b/i,
  /\bthis (?:document|note|page|passage|source)\b[^.\n]{0,20}\b(?:overrides|replaces|supersedes)\b|\bcite only this\b/i,
  /\bsystem prompt\b|<\|?(?:im_start|endoftext)|\b(?:you are now|new instructions?:|end of (?:data|question|input)\b)|\(hidden:/i,
];

/** True where a text seems to give orders to a model. */
export function isSuspicious(text: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(text));
}
