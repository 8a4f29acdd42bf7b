// Phrases with which text speaks to a model rather than to a reader. They only raise a flag: many attacks are worded
// otherwise, and what keeps them harmless is that nothing a model returns is acted on before a person has seen it.
const ADDRESSED_TO_MODELS =
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules|above|previous|prior)\b|\b(?:language models?|llms?|ai (?:agents?|assistants?|models?|systems?)|chatbots?|assistants?|automated (?:agents?|readers?))\b[^.\n]{0,40}\b(?:must|should|shall|reading this|when you|please|are (?:asked|required|told))\b|\b(?:note|instructions?|message|attention|important)\b[^.\n]{0,12}\b(?:to|for)\b[^.\n]{0,12}\b(?:language models?|llms?|ai|models?|assistants?|agents?|graders?|drafters?)\b|\bsystem prompt\b|<\|?(?:im_start|system|endoftext)|\b(?:you are now|new instructions?|end of (?:data|question|input))\b|\bhidden:/i;

/** True where a text seems to give orders to a model. */
export function isSuspicious(text: string): boolean {
  return ADDRESSED_TO_MODELS.test(text);
}
