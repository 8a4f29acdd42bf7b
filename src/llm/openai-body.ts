import type { ProviderRequest } from "../core/model.ts";
import type { Capabilities } from "./capabilities.ts";
import { chatBody, responsesBody, type WireOptions } from "./openai-request.ts";

/** The JSON of a request's body in two parts, sent one after the other. */
export interface PostBody {
  /** What it shares with thousands of others: settings, schema and system message, most of its bytes. */
  readonly shared: Uint8Array;
  readonly own: string;
}

/** Makes bodies for one endpoint. What requests share is put into bytes once. */
export function bodyMaker(wire: WireOptions): (request: ProviderRequest, able: Capabilities) => PostBody {
  const known = new WeakMap<ProviderRequest["jsonSchema"], Beginning>();
  return (request, able) => {
    const { jsonSchema, messages } = request;
    let beginning = known.get(jsonSchema);
    if (beginning === undefined || !isBegunWith(beginning, request, able)) {
      const { task, maxOutputTokens, sampling } = request;
      const bytes = Buffer.from(beginningOf(request, able, wire));
      beginning = { task, maxOutputTokens, sampling, first: messages[0], able, bytes };
      known.set(jsonSchema, beginning);
    }
    const own = messages.slice(1).map((message) => `,${JSON.stringify(message)}`);
    return { shared: beginning.bytes, own: `${own.join("")}]}` };
  };
}

interface Beginning extends Pick<ProviderRequest, "task" | "maxOutputTokens" | "sampling"> {
  readonly first: ProviderRequest["messages"][number] | undefined;
  readonly able: Capabilities;
  readonly bytes: Uint8Array;
}

function isBegunWith(known: Beginning, next: ProviderRequest, able: Capabilities): boolean {
  const [first] = next.messages;
  return (
    known.able === able &&
    known.sampling === next.sampling &&
    known.task === next.task &&
    known.maxOutputTokens === next.maxOutputTokens &&
    known.first?.role === first?.role &&
    known.first?.content === first?.content
  );
}

/** The body up to and with its first message. The list of messages comes last and is left open for the others. */
function beginningOf(request: ProviderRequest, able: Capabilities, wire: WireOptions): string {
  const begun = { ...request, messages: request.messages.slice(0, 1) };
  if (able.api === "chat") {
    const { messages, ...settings } = chatBody(begun, able, wire);
    return leftOpen(settings, "messages", messages);
  }
  const { input, ...settings } = responsesBody(begun, able, wire);
  return leftOpen(settings, "input", input);
}

function leftOpen(settings: object, name: string, messages: unknown): string {
  return JSON.stringify({ ...settings, [name]: messages }).slice(0, -"]}".length);
}
