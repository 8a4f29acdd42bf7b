import { fold, type FoldedText, isAnswerWord } from "./fold.ts";

// Whole phrases and not their words, and none that may be an answer: 200 means "OK", the sign of sodium is "Na".
const EMPTY_PHRASES = [
  // What stands before an answer.
  "answer|answers|my answer|my answer is|answer is|the answer is|final answer|solution|the solution is|explanation|reasoning|chain of thought",
  "thought process|my thought process|thinking process|step by step|step by step solution",
  "let us solve this problem step by step|lets solve this problem step by step|lets solve this step by step",
  "lets think step by step|let me think|let me think step by step|lets think|let us think step by step",
  "here is my answer|here is the answer|heres my answer|here is the solution|this is my answer|see above|see below|as above",
  "sure|of course|certainly|good question|great question|i know this one|i know this|i know the answer|trust me",
  "respuesta|solucion|la respuesta es|reponse|la reponse est|antwort|losung|die antwort ist|resposta|solucao|risposta|soluzione",
  "ответ|решение|解|解答|答|答案|回答|解説|かいせつ|정답|답|해설|풀이|الجواب|الحل|उत्तर|cevap|cozum|odpowiedz|antwoord",
  // What stands instead of one.
  "i dont know|i do not know|dont know|do not know|idk|dunno|i have no idea|no idea|no clue|i have no clue|not sure|im not sure",
  "i am not sure|i cant answer this|i cannot answer this|i cant answer|i cannot answer|no answer|i dont remember|i forgot|n a",
  "i dont understand|i dont understand the question|sorry|i am sorry|im sorry|todo|tbd|to do|to be filled|to be added",
  "no se|no lo se|je ne sais pas|ich weiss nicht|ich weiß nicht|weiss nicht|weiß nicht|keine ahnung|nao sei|eu nao sei|non lo so",
  "не знаю|я не знаю|不知道|我不知道|わかりません|分かりません|모르겠습니다|모름|nie wiem|bilmiyorum|ik weet het niet|weet ik niet",
];
const PHRASES = new Set(EMPTY_PHRASES.flatMap((line) => line.split("|")).map((phrase) => fold(phrase).words.join(" ")));
const BEGINNINGS = new Set(Array.from(PHRASES, (phrase) => phrase.split(" ")[0]));
const LONGEST_PHRASE = Math.max(...Array.from(PHRASES, (phrase) => phrase.split(" ").length));

/** An operator by itself, such as `&&` or `=>`: the answer to some questions, though there is no letter in it. */
const OPERATOR = /^[`\s]*[\p{Sm}\p{Sc}&%@^!?.:*/-]*[\p{Sm}\p{Sc}&%@^][\p{Sm}\p{Sc}&%@^!?.:*/-]*[`\s]*$/u;
const LONGEST_OPERATOR = 12;

/**
 * True where a text says anything at all. Not its length decides: "42", "yes" and "O(n log n)" are answers, while a colon,
 * "Solution:", "I don't know" and "it is what it is" are none, alone or together.
 */
export function saysSomething(text: string, folded: FoldedText = fold(text)): boolean {
  if (folded.words.length === 0) return text.length <= LONGEST_OPERATOR && OPERATOR.test(text);
  const words = withoutPhrases(folded.words);
  const [only] = words;
  // A lone word is an answer whatever it is: "no", "both", and the keywords `as`, `in`, `not`.
  if (words.length === 1) return only !== undefined;
  return words.some(isAnswerWord) || (words.length > 0 && OPERATION.test(text));
}

/** Something is done to what may be single letters, as in `a[i] = *(a + i)`. */
const OPERATION = /[\p{Sm}\p{Sc}&%@^]/u;

function withoutPhrases(words: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length;) {
    const length = phraseAt(words, at);
    if (length === 0) kept.push(words[at] ?? "");
    at += Math.max(length, 1);
  }
  return kept;
}

/** How many words the longest empty phrase takes that begins here. */
function phraseAt(words: readonly string[], at: number): number {
  if (!BEGINNINGS.has(words[at])) return 0;
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
    if (PHRASES.has(words.slice(at, at + length).join(" "))) return length;
  }
  return 0;
}
