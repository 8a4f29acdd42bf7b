import type { Server } from "node:http";
import type { Clock } from "../core/clock.ts";
import { boundConnections } from "./bound-connections.ts";
import { untilIdle } from "./idle.ts";
import { listenOnLoopback, onRequest, patientServer } from "./listen.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { openRoutes, type StaticAssets } from "./open-routes.ts";
import type { ReviewDesk } from "./review-desk.ts";
import { reviewRoutes } from "./review-routes.ts";
import { Service } from "./service.ts";
import { type Secrets, Session } from "./session.ts";

const IDLE_MS = 30 * 60_000;
const PATIENCE_MS = 10_000;
const GRACE_MS = 2_000;
const MOST_CONNECTIONS = 64;

export interface ReviewServerOptions {
  /** May come later than the first requests: they wait for it. */
  readonly desk: ReviewDesk | Promise<ReviewDesk>;
  readonly assets: StaticAssets;
  readonly clock: Clock;
  readonly randomBytes: Secrets["randomBytes"];
  /** By default one that the system chooses. */
  readonly port?: number | undefined;
  /** Milliseconds without use after which it stops by itself. */
  readonly idleMs?: number | undefined;
  /** Milliseconds that a request may take to come in. */
  readonly patienceMs?: number | undefined;
  /** Stops it, as `stop` does. */
  readonly signal?: AbortSignal | undefined;
  /** Told of every fault within, with all that an error may hold; nobody else is. */
  readonly onError: (error: unknown) => void;
}

export interface ReviewServer {
  /** Opens the page, once and within a minute: the launch code is in its fragment. */
  readonly url: string;
  readonly port: number;
  /** Takes nothing more, lets changes end that have begun, and resolves when the port is free. */
  stop(): Promise<void>;
  /** Resolves when it has stopped, and says why. */
  readonly done: Promise<"idle" | "stopped">;
}

/**
 * Serves the review page to this machine alone.
 *
 * @throws UserError where no port can be opened.
 */
export async function startReviewServer(options: ReviewServerOptions): Promise<ReviewServer> {
  const { desk, assets, clock, randomBytes, onError } = options;
  const session = new Session({ randomBytes, now: () => clock.now() });
  const there = Promise.resolve(desk).then(oneAtATime);
  // Whoever gave it hears of its fault.
  there.catch(() => {});
  const routes = [...openRoutes(assets, session), ...reviewRoutes(there, clock)];
  const server = patientServer(options.patienceMs ?? PATIENCE_MS);
  boundConnections(server, MOST_CONNECTIONS);
  const port = await listenOnLoopback(server, options.port ?? 0);
  const service = new Service({ port, session, routes }, onError);
  onRequest(server, (request, response) => service.serve(request, response));
  server.on("error", onError);

  const ending = new AbortController();
  const signal = options.signal === undefined ? ending.signal : AbortSignal.any([ending.signal, options.signal]);
  const finish = async (): Promise<"idle" | "stopped"> => {
    const why = await untilIdle(session, options.idleMs ?? IDLE_MS, clock, signal);
    await close(server, service, clock);
    return why;
  };
  const done = finish();
  const stop = async (): Promise<void> => {
    ending.abort();
    await done;
  };
  return { url: `http://127.0.0.1:${port}/#${session.launchCode}`, port, stop, done };
}

/** Connections are cut after a while, but what a change has begun is always waited for. */
async function close(server: Server, service: Service, clock: Clock): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  service.end();
  const patience = new AbortController();
  await Promise.race([service.settled(), clock.sleep(GRACE_MS, patience.signal).catch(() => {})]);
  patience.abort();
  server.closeAllConnections();
  await service.settled();
  await closed;
}
