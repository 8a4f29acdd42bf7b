// A fixed-latency OpenAI-compatible endpoint for the benchmark: `node model-server.mjs <latency ms> <requests a minute>`
// prints its base URL. A judge's criteria that state a fact are met, each with a quote of the answer; others are not.
import { createServer } from "node:http";

const latency = Number(process.argv[2] ?? 50);
const perMs = Number(process.argv[3] ?? 0) / 60_000;
// A tenth of a minute's requests at once, and no more.
const most = perMs * 6_000;
let left = most;
let updatedAt = performance.now();
let counts = { answered: 0, refused: 0 };

const answer = `${"A short answer with a mechanism, an example and a limit. ".repeat(12).trim()}`;

function contentFor(schema, prompt) {
  if (schema.properties?.evidence !== undefined && schema.properties.level !== undefined)
    return verdict(schema, prompt);
  if (schema.type === "object") {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, value]) => [name, contentFor({ name, ...value }, prompt)]),
    );
  }
  if (schema.enum) return schema.enum[0];
  if (schema.type === "array") return [];
  if (schema.type === "number" || schema.type === "integer") return 0.8;
  if (schema.type === "boolean") return false;
  return schema.name === "answer" ? answer : "";
}

function verdict({ name, properties }, prompt) {
  const levels = properties.level.enum;
  const fact = new RegExp(`"id":"${name}","text":"States fact (\\d)`).exec(prompt)?.[1];
  if (fact === undefined) return { findings: "Nothing is said.", evidence: [], absent: true, level: levels[0] };
  const quote = new RegExp(`"id":"s${fact}","text":"([^"]*)"`).exec(prompt)?.[1] ?? "";
  const evidence = [{ segment: `s${fact}`, quote: quote.split(" ").slice(0, 12).join(" ") }];
  return { findings: "It is said in so many words.", evidence, absent: false, level: levels.at(-1) };
}

function isAboveLimit() {
  if (perMs === 0) return false;
  const now = performance.now();
  left = Math.min(most, left + (now - updatedAt) * perMs);
  updatedAt = now;
  if (left < 1) return true;
  left -= 1;
  return false;
}

function replyTo(isChat, body) {
  const schema = isChat ? body.response_format?.json_schema?.schema : body.text?.format?.schema;
  const prompt = (isChat ? body.messages : body.input)?.at(-1)?.content ?? "";
  const text = JSON.stringify(schema ? contentFor(schema, prompt) : {});
  return isChat
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
}

const server = createServer((request, response) => {
  const send = (status, body, headers = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  if (request.url.endsWith("/counts")) {
    send(200, counts);
    counts = { answered: 0, refused: 0 };
    return;
  }
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    if (isAboveLimit()) {
      counts.refused += 1;
      return send(429, { error: { code: "rate_limit_exceeded" } }, { "retry-after-ms": "500" });
    }
    counts.answered += 1;
    const reply = replyTo(
      request.url.endsWith("/chat/completions"),
      JSON.parse(Buffer.concat(chunks).toString("utf8")),
    );
    if (latency > 0) setTimeout(send, latency, 200, reply);
    else send(200, reply);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
