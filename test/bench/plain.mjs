// The yardstick: plain openai + p-limit, structured output, nothing kept, nothing limited, nothing resumed.
// `node plain.mjs <base URL> <requests> <slots> <fill or grade>`
import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import pLimit from "p-limit";
import { ASKED } from "./asked.mjs";

const [baseURL, count, slots] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { instructions, input, schema } = ASKED[process.argv[5]];
const client = new OpenAI({ baseURL, apiKey: "bench" });
const limit = pLimit(slots);
let valid = 0;
await Promise.all(
  Array.from({ length: count }, (_, index) =>
    limit(async () => {
      const response = await client.responses.parse({
        model: "bench",
        input: [
          { role: "system", content: instructions },
          { role: "user", content: input(index) },
        ],
        text: { format: zodTextFormat(schema, "reply") },
      });
      if (response.output_parsed) valid += 1;
    }),
  ),
);
console.log(`${valid} valid`);
