import type { z } from "zod";
import type { Change } from "./api.ts";
import { type Received, receiveBody, receiveQuery, receiveTag } from "./receive.ts";
import { changeReply, type Reply } from "./reply.ts";
import type { Call, Route } from "./route.ts";

// The shapes that routes come in: each checks what it is given by a schema, and only then answers.

type Answer<Value> = (value: Value, call: Call) => Reply | Promise<Reply>;

/** Tells what is there. */
export function reading(path: string, answer: () => Reply | Promise<Reply>): Route {
  return { method: "GET", path, needs: "token", answer };
}

/** Tells what is asked for in the query. */
export function asking<Query>(path: string, schema: z.ZodType<Query>, answer: Answer<Query>): Route {
  const answered = (call: Call): Promise<Reply> => orRefuse(receiveQuery(call, schema), (query) => answer(query, call));
  return { method: "GET", path, needs: "token", answer: answered };
}

/** Does what the body says: mostly a change. */
export function changing<Body>(path: string, schema: z.ZodType<Body>, answer: Answer<Body>): Route {
  const answered = async (call: Call): Promise<Reply> =>
    orRefuse(await receiveBody(call, schema), (body) => answer(body, call));
  return { method: "POST", path, needs: "token", answer: answered };
}

/** Changes one item, if it still is as its author saw it. */
export function changingItem<Body>(
  method: "POST" | "PUT",
  path: string,
  schema: z.ZodType<Body>,
  change: (item: { readonly id: string; readonly etag: string }, body: Body) => Promise<Change>,
): Route {
  const answered = (call: Call): Promise<Reply> =>
    orRefuse(receiveTag(call), async (etag) =>
      orRefuse(await receiveBody(call, schema), async (body) =>
        changeReply(await change({ id: call.id, etag }, body), 412),
      ),
    );
  return { method, path, needs: "token", answer: answered };
}

async function orRefuse<Value>(
  received: Received<Value>,
  answer: (value: Value) => Reply | Promise<Reply>,
): Promise<Reply> {
  return received.kind === "refusal" ? received.reply : answer(received.value);
}
