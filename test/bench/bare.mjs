// The practical limit: a loop over the platform's fetch, replies parsed and thrown away.
// `node bare.mjs <base URL> <requests> <slots> <fill or grade>`
import { z } from "zod";
import { ASKED } from "./asked.mjs";

const [baseURL, count, slots] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { instructions, input, schema } = ASKED[process.argv[5]];
const format = { type: "json_schema", name: "reply", strict: true, schema: z.toJSONSchema(schema) };
let next = 0;
let valid = 0;
async function work() {
  while (next < count) {
    const user = input(next++);
    const response = await fetch(`${baseURL}/responses`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer bench" },
      body: JSON.stringify({
        model: "bench",
        input: [
          { role: "system", content: instructions },
          { role: "user", content: user },
        ],
        text: { format },
      }),
    });
    const { output } = await response.json();
    if (JSON.parse(output[0].content[0].text) !== null) valid += 1;
  }
}
await Promise.all(Array.from({ length: slots }, work));
console.log(`${valid} valid`);
