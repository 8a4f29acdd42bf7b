// The practical limit: a loop over the platform's fetch, replies parsed and thrown away.
const [baseURL, count, slots] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const instructions = "You answer one question for a bank of questions and answers. ".repeat(40);
const names = ["question_restored", "answer", "key_points", "confidence", "assumptions", "sources_cited", "doubts"];
const schema = {
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
  required: names,
  additionalProperties: false,
};
let next = 0;
let valid = 0;
async function work() {
  while (next < count) {
    const user = `What does mechanism ${next++} do, and where does it fail?`;
    const response = await fetch(`${baseURL}/responses`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer bench" },
      body: JSON.stringify({
        model: "bench",
        input: [
          { role: "system", content: instructions },
          { role: "user", content: user },
        ],
        text: { format: { type: "json_schema", name: "draft", strict: true, schema } },
      }),
    });
    const { output } = await response.json();
    if (JSON.parse(output[0].content[0].text).answer !== "") valid += 1;
  }
}
await Promise.all(Array.from({ length: slots }, work));
console.log(`${valid} valid`);
