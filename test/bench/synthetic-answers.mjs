// Candidates' answers and the rubrics to grade them by, made from nothing but numbers.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const TOPICS = ["locks", "queues", "caches", "indexes", "threads", "sockets", "pages", "heaps", "trees", "graphs"];
const OTHERS = ["hashes", "tokens", "layers", "probes", "shards", "replicas", "leases", "epochs", "vectors", "drift"];
export const ANSWERED = [...TOPICS, ...OTHERS].map((topic) => ({
  topic,
  text: `What are ${topic}, and when do they matter?`,
}));
export const CRITERIA = [1, 2, 3, 4, 5];

const STARTS = ["br", "cl", "d", "f", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"];
const VOWELS = ["a", "e", "i", "o", "u"];
const ENDS = ["ck", "d", "ll", "mp", "n", "nt", "r", "rd", "sh", "st", "t", "ve"];

/** Words that sound like words, another one each time, always the same ones for the same seed. */
function wordsFrom(seed) {
  let state = seed + 1;
  const pick = (list) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return list[(state >> 8) % list.length];
  };
  return () => `${pick(STARTS)}${pick(VOWELS)}${pick(ENDS)}`;
}

/** One sentence a criterion, which the model server quotes; see `model-server.mjs`. No answer is a copy of another. */
export function said(topic, seed) {
  const word = wordsFrom(seed);
  return [
    `The ${topic} keep every ${word()} and ${word()} in order while a ${word()} waits for its ${word()}.`,
    `They bound ${word()} because work is grouped by ${word()}, and a ${word()} does not ${word()} it twice.`,
    `Under load the cost of ${word()} grows with ${word()}, so we measure the ${word()} before we tune.`,
    `In practice I would ${word()} first and add ${topic} when a ${word()} shows waits of more than ${seed} ms.`,
    `A common mistake is to hold the ${word()} across a ${word()}, which ${word()} finds out too late.`,
  ].join(" ");
}

const rubric = ({ topic, text }) =>
  [
    `rubric: 1\nmatch: "${text}"\nscale: { max: 10, step: 0.5, floor: 0, pass: 3 }\nreference: bank\ncriteria:`,
    ...CRITERIA.map(
      (number) =>
        `  - id: c${number}\n    text: States fact ${number} about ${topic} under load\n    evidence: required\n    levels:\n` +
        "      - { id: none, points: 0, text: not said }\n      - { id: part, points: 1, text: hinted at }\n" +
        "      - { id: full, points: 2, text: said clearly }",
    ),
  ].join("\n");

/** Answers in one file: about 10 MB. */
const ANSWERS_A_FILE = 20_000;

/**
 * A bank of 20 questions with rubrics of 5 criteria, and files with so many answers.
 * @returns the names of those files.
 */
export function writeAnswers(folder, answers) {
  const bank = join(folder, "questions/exam");
  mkdirSync(join(bank, "rubrics"), { recursive: true });
  const blocks = ANSWERED.map(
    ({ topic, text }, at) =>
      `## Question ${at + 1}\n\n**${text}**\n\n**Answer:** ${topic} order work and bound its cost.\n`,
  );
  writeFileSync(join(bank, "bank.md"), `# Exam\n\n${blocks.join("\n")}`);
  for (const question of ANSWERED) {
    writeFileSync(join(bank, `rubrics/${question.topic}.rubric.yaml`), `${rubric(question)}\n`);
  }
  const files = [];
  for (let first = 0; first < answers; first += ANSWERS_A_FILE) {
    const lines = [];
    for (let index = first; index < Math.min(first + ANSWERS_A_FILE, answers); index += 1) {
      const { topic, text } = ANSWERED[index % ANSWERED.length];
      const candidate = Math.floor(index / ANSWERED.length);
      lines.push(JSON.stringify({ candidate: `c-${candidate}`, question: text, answer: said(topic, index) }));
    }
    const file = `answers-${files.length + 1}.jsonl`;
    writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
    files.push(file);
  }
  return files;
}
