// The yardstick: plain openai + p-limit, structured output, nothing kept, nothing limited, nothing resumed.
import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import pLimit from "p-limit";
import { z } from "zod";

const [baseURL, count, slots] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const client = new OpenAI({ baseURL, apiKey: "bench" });
const limit = pLimit(slots);
const reply = z.object({
  question_restored: z.string(),
  answer: z.string(),
  key_points: z.array(z.string()),
  confidence: z.number(),
  assumptions: z.array(z.string()),
  sources_cited: z.array(z.string()),
  doubts: z.array(z.string()),
});
const instructions = "You answer one question for a bank of questions and answers. ".repeat(40);
let valid = 0;
await Promise.all(
  Array.from({ length: count }, (_, index) =>
    limit(async () => {
      const response = await client.responses.parse({
        model: "bench",
        input: [
          { role: "system", content: instructions },
          { role: "user", content: `What does mechanism ${index} do, and where does it fail?` },
        ],
        text: { format: zodTextFormat(reply, "draft") },
      });
      if (response.output_parsed) valid += 1;
    }),
  ),
);
console.log(`${valid} valid`);
