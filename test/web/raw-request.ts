import { connect } from "node:net";

export interface RawReply {
  /** 0 where nothing came back. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Bytes as they are over a socket of their own, and what comes back until the other side closes. */
export function rawRequest(port: number, bytes: string | Uint8Array, host = "127.0.0.1"): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(readReply(Buffer.concat(chunks).toString("utf8"))));
    socket.write(bytes);
  });
}

function readReply(text: string): RawReply {
  const [head = "", ...body] = text.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: body.join("\r\n\r\n") };
}

/** The text of a request with a body, if any, of a known length. The connection ends with it. */
export function requestText(line: string, headers: readonly string[], body = ""): string {
  const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return [line, ...headers, ...length, "Connection: close", "", body].join("\r\n");
}
