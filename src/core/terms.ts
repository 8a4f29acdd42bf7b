// Words that say how a question is asked, not what it asks about.
const STOP_WORDS = new Set(
  (
    "a about above across after again against all also am an and any are as at be because been before being below between " +
    "both but by can could did do does doing down during each few for from further had has have having he her here him his " +
    "how i if in into is it its itself just me more most my no nor not of off on once only or other our out over own per " +
    "same she should so some such than that the their them then there these they this those through to too under until up " +
    "use used using very via was we were what when where which while who whom why will with within without would you your " +
    "s t re ve ll don briefly define describe discuss explain elaborate give list name outline provide tell"
  ).split(" "),
);

const WORD = /[\p{L}\p{N}]+(?:[+#]{1,2}(?![\p{L}\p{N}]))?/gu;
const LONGEST_TERM = 40;

/** The words of a text in reading order, lower case. `C++` and `C#` keep their marks; everything else is letters and digits. */
export function wordsOf(text: string): readonly string[] {
  return text.normalize("NFC").toLowerCase().match(WORD) ?? [];
}

/** True for a word that carries no topic: articles, prepositions, and the verbs questions begin with. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** The index terms of a text in reading order: words without stop words, with light English endings taken off. */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const word of wordsOf(text)) {
    const term = termOf(word);
    if (term !== undefined) terms.push(term);
  }
  return terms;
}

/** The index term of one lower-case word; undefined for stop words and for tokens too long to be words. */
export function termOf(word: string): string | undefined {
  if (word.length > LONGEST_TERM || isStopWord(word)) return undefined;
  return stem(word);
}

// Longest first. A light stemmer: it joins the forms that questions and notes differ in, and leaves the rest alone.
const ENDINGS: readonly (readonly [ending: string, replacement: string])[] = [
  ["izations", "iz"],
  ["isations", "iz"],
  ["ization", "iz"],
  ["isation", "iz"],
  ["ibility", "ibl"],
  ["ability", "abl"],
  ["ations", "at"],
  ["ation", "at"],
  ["ating", "at"],
  ["ators", "at"],
  ["izing", "iz"],
  ["ising", "iz"],
  ["ments", "ment"],
  ["ities", "it"],
  ["ated", "at"],
  ["ates", "at"],
  ["ator", "at"],
  ["able", "abl"],
  ["ible", "ibl"],
  ["ized", "iz"],
  ["ised", "iz"],
  ["izes", "iz"],
  ["ions", ""],
  ["ings", ""],
  ["ies", "y"],
  ["ity", "it"],
  ["ize", "iz"],
  ["ise", "iz"],
  ["ate", "at"],
  ["ion", ""],
  ["ing", ""],
  ["ers", ""],
  ["ed", ""],
  ["er", ""],
  ["es", ""],
  ["ly", ""],
  ["s", ""],
  ["e", ""],
];
const SHORTEST_STEM = 3;

function stem(word: string): string {
  if (word.endsWith("ss") || word.length <= SHORTEST_STEM) return word;
  for (const [ending, replacement] of ENDINGS) {
    const kept = word.length - ending.length;
    if (kept + replacement.length >= SHORTEST_STEM && kept >= SHORTEST_STEM && word.endsWith(ending)) {
      return undouble(word.slice(0, kept) + replacement);
    }
  }
  return word;
}

// "running" and "run", "controlled" and "control" meet.
function undouble(stemmed: string): string {
  const last = stemmed.at(-1);
  return stemmed.length > SHORTEST_STEM && last === stemmed.at(-2) && last !== "s" ? stemmed.slice(0, -1) : stemmed;
}
