// A fixed-latency OpenAI-compatible endpoint for the benchmark: `node model-server.mjs <latency ms>` prints its base URL.
import { createServer } from "node:http";

const latency = Number(process.argv[2] ?? 50);
const answer = `${"A short answer with a mechanism, an example and a limit. ".repeat(12).trim()}`;

function contentFor(schema) {
  if (schema.type === "object") {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, value]) => [name, contentFor({ name, ...value })]),
    );
  }
  if (schema.enum) return schema.enum[0];
  if (schema.type === "array") return [];
  if (schema.type === "number" || schema.type === "integer") return 0.8;
  if (schema.type === "boolean") return true;
  return schema.name === "answer" ? answer : "";
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const isChat = request.url.endsWith("/chat/completions");
    const schema = isChat ? body.response_format?.json_schema?.schema : body.text?.format?.schema;
    const text = JSON.stringify(schema ? contentFor(schema) : {});
    const reply = isChat
      ? {
          id: "chatcmpl-1",
          object: "chat.completion",
          model: body.model,
          choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
          usage: { prompt_tokens: 800, completion_tokens: 200, total_tokens: 1000 },
        }
      : {
          id: "resp_1",
          object: "response",
          status: "completed",
          model: body.model,
          output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] }],
          usage: {
            input_tokens: 800,
            output_tokens: 200,
            total_tokens: 1000,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens_details: { reasoning_tokens: 0 },
          },
        };
    const send = () => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(reply));
    };
    if (latency > 0) setTimeout(send, latency);
    else send();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
