import { createServer, type RequestListener, type Server } from "node:http";
import { UserError } from "../core/errors.ts";

const LOOPBACK = "127.0.0.1";
const MOST_HEADER_BYTES = 16_384;

/**
 * A server for HTTP that nobody can hold up: every request has `patienceMs` to come in whole, with a head of bounded
 * size. Who is asked for, the listener judges; so a request without a host reaches it too, and no header is left out.
 */
export function patientServer(patienceMs: number): Server {
  const server = createServer({
    requireHostHeader: false,
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: patienceMs,
    requestTimeout: patienceMs,
    keepAliveTimeout: patienceMs,
    connectionsCheckingInterval: Math.ceil(patienceMs / 10),
  });
  // Headers beyond a number would be dropped without a word, and a second host could hide there; their size is bounded.
  server.maxHeadersCount = 0;
  return server;
}

/** Every request, also one that asks whether it may send its body, or for what no server knows. */
export function onRequest(server: Server, listener: RequestListener): void {
  for (const event of ["request", "checkContinue", "checkExpectation"]) server.on(event, listener);
}

/**
 * Listens on the loopback interface.
 *
 * @param port 0 for one that the system chooses.
 * @returns the port.
 * @throws UserError where the system refuses.
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const wanted = port === 0 ? "a port" : `port ${port}`;
    server.once("error", (cause) => reject(new UserError(`cannot open ${wanted} on ${LOOPBACK}`, { cause })));
    server.listen({ host: LOOPBACK, port }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
