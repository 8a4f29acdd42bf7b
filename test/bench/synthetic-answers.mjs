// Candidates' answers and the rubrics to grade them by, made from nothing but numbers.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const TOPICS = ["locks", "queues", "caches", "indexes", "threads", "sockets", "pages", "heaps", "trees", "graphs"];
const OTHERS = ["hashes", "tokens", "layers", "probes", "shards", "replicas", "leases", "epochs", "vectors", "drift"];
const QUESTIONS = [...TOPICS, ...OTHERS].map((topic) => ({
  topic,
  text: `What are ${topic}, and when do they matter?`,
}));
const CRITERIA = [1, 2, 3, 4, 5];

/** The words of an answer that the model server quotes for each criterion; see `model-server.mjs`. */
const said = (topic, candidate) =>
  [
    `Candidate ${candidate} says that ${topic} keep shared state in order.`,
    `They bound latency because work is grouped by key ${candidate * 7}.`,
    `Under load the cost of ${topic} grows with contention, so we measure before we tune.`,
    `In practice I would start simple and add ${topic} when profiling shows waits of more than ${candidate + 3} ms.`,
    `A common mistake is to hold ${topic} across network calls.`,
  ].join(" ");

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

/** A bank of 20 questions with rubrics of 5 criteria, and `answers.jsonl` with so many answers. */
export function writeAnswers(folder, answers) {
  const bank = join(folder, "questions/exam");
  mkdirSync(join(bank, "rubrics"), { recursive: true });
  const blocks = QUESTIONS.map(
    ({ topic, text }, at) =>
      `## Question ${at + 1}\n\n**${text}**\n\n**Answer:** ${topic} order work and bound its cost.\n`,
  );
  writeFileSync(join(bank, "bank.md"), `# Exam\n\n${blocks.join("\n")}`);
  for (const question of QUESTIONS) {
    writeFileSync(join(bank, `rubrics/${question.topic}.rubric.yaml`), `${rubric(question)}\n`);
  }
  for (let first = 0; first < answers; first += 2000) {
    const lines = [];
    for (let index = first; index < Math.min(first + 2000, answers); index += 1) {
      const { topic, text } = QUESTIONS[index % QUESTIONS.length];
      const candidate = Math.floor(index / QUESTIONS.length);
      lines.push(JSON.stringify({ candidate: `c-${candidate}`, question: text, answer: said(topic, candidate) }));
    }
    appendFileSync(join(folder, "answers.jsonl"), `${lines.join("\n")}\n`);
  }
}
