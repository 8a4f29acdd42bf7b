import type { ServerResponse } from "node:http";
import type { Notice } from "./api.ts";
import type { Reply, StreamReply, WholeReply } from "./reply.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

/**
 * Writes a reply.
 *
 * @param end ends a stream of notices; a whole reply needs no end.
 * @returns when all is handed over, or the other side has gone.
 */
export async function sendReply(response: ServerResponse, reply: Reply, end: AbortSignal): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const closed = new Promise<void>((resolve) => {
    response.once("close", resolve);
    if (response.closed) resolve();
  });
  if (reply.kind === "whole") sendWhole(response, reply);
  else sendStream(response, reply, end);
  await closed;
}

function sendWhole(response: ServerResponse, { status, headers, body }: WholeReply): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

function sendStream(response: ServerResponse, { follow }: StreamReply, end: AbortSignal): void {
  response.setHeader("content-type", "application/x-ndjson; charset=utf-8");
  const stop = follow(noticeWriter(response));
  const finish = (): void => void response.end();
  end.addEventListener("abort", finish);
  response.once("close", () => {
    end.removeEventListener("abort", finish);
    stop();
  });
  if (end.aborted) finish();
}

/** While the other side does not read, only the newest change is kept for it. */
function noticeWriter(response: ServerResponse): (notice: Notice) => void {
  let waiting: Notice | undefined;
  const write = (notice: Notice): void => {
    if (response.writableEnded || response.destroyed) return;
    if (!response.writableNeedDrain) response.write(`${JSON.stringify(notice)}\n`);
    else if (notice.kind === "changed") waiting = notice;
  };
  response.on("drain", () => {
    const notice = waiting;
    waiting = undefined;
    if (notice !== undefined) write(notice);
  });
  return write;
}
