// A full markdown parser over the files of a folder: `node markdown.mjs <folder>`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import markdownIt from "markdown-it";

const parser = markdownIt();
let tokens = 0;
for (const name of readdirSync(process.argv[2]))
  tokens += parser.parse(readFileSync(join(process.argv[2], name), "utf8"), {}).length;
console.log(`${tokens} tokens`);
