// Banks of any size for the benchmark, made from nothing but numbers.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const filler =
  "The mechanism reads its input, checks it, and hands it on; where the check fails, the item waits until a person has looked at it. ";

export function writeUnfilledBank(folder, questions) {
  mkdirSync(folder, { recursive: true });
  for (let first = 0; first < questions; first += 500) {
    const blocks = ["# Questions about mechanisms\n"];
    for (let index = first; index < Math.min(first + 500, questions); index += 1) {
      blocks.push(
        `## Question ${index - first + 1}\n\n**What does mechanism ${index} do, and where does it fail?**\n\n**Answer:** _[To be filled]_\n\n---\n`,
      );
    }
    writeFileSync(join(folder, `part-${String(first).padStart(6, "0")}.md`), blocks.join("\n"));
  }
}

/**
 * 700 files, about 24 MB: every third question unfilled, the others with prose, a table and code that looks like questions.
 * @returns how many megabytes they are.
 */
export function writeLargeBank(folder, files = 700, bytesPerFile = 35_000) {
  mkdirSync(folder, { recursive: true });
  let total = 0;
  for (let file = 0; file < files; file += 1) {
    const blocks = [`# Bank ${file}\n`];
    let size = 0;
    for (let index = 1; size < bytesPerFile; index += 1) {
      const answer =
        index % 3 === 0
          ? "_[To be filled]_"
          : `\n\n${filler.repeat(4)}\n\n| Part | Role |\n| --- | --- |\n| input | ${file} |\n\n\`\`\`python\n## Question ${index}\nprint("**Answer:** _[To be filled]_")\n\`\`\`\n\n${filler.repeat(5)}`;
      const block = `## Question ${index}\n\n**What does part ${index} of mechanism ${file} do?**\n\n**Answer:** ${answer}\n\n---\n`;
      size += block.length;
      blocks.push(block);
    }
    const text = blocks.join("\n");
    total += text.length;
    writeFileSync(join(folder, `bank-${String(file).padStart(3, "0")}.md`), text);
  }
  return total / 1e6;
}

/** Adds records of finished items to a journal: of each an attempt, a result with about 700 characters, and the item. */
export function growJournal(path, records) {
  const usage = { inputTokens: 800, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 200, reasoningTokens: 0 };
  const paid = { usage, cost: { kind: "known", usd: 0.001 } };
  const text = JSON.stringify({ answer: filler.repeat(5), key_points: [], confidence: 0.8 });
  for (let first = 0; first < records; first += 3000) {
    const lines = [];
    for (let index = first; index < Math.min(first + 3000, records); index += 3) {
      const key = index.toString(16).padStart(64, "0");
      const asked = { v: 1, at: index, key, maxOutputTokens: 4000, ...paid };
      lines.push({
        ...asked,
        type: "attempt",
        task: "draft",
        number: 1,
        milliseconds: 50,
        verdict: "ok",
        responseId: "resp_1",
      });
      lines.push({
        ...asked,
        type: "result",
        status: "ok",
        text,
        format: "schema",
        attempts: 1,
        responseIds: ["resp_1"],
      });
      lines.push({ v: 1, at: index, type: "item", id: `q-${key.slice(-12)}`, status: "ok" });
    }
    appendFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}
