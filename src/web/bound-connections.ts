import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { onRequest } from "./listen.ts";

interface Seat {
  readonly socket: Socket;
  /** Requests that are being answered. */
  running: number;
  /** True until a whole request has come in over it. */
  isUnheard: boolean;
}

/**
 * Keeps at most so many connections open. Another one takes the place of the oldest that has said nothing whole yet, or else
 * of one that is idle; so whoever only holds connections keeps nobody out. What is being answered is never cut.
 */
export function boundConnections(server: Server, most: number): void {
  const seats = new Map<Socket, Seat>();

  const seatOf = (socket: Socket): Seat => {
    const known = seats.get(socket);
    if (known !== undefined) return known;
    const seat: Seat = { socket, running: 0, isUnheard: true };
    seats.set(socket, seat);
    socket.once("close", () => seats.delete(socket));
    return seat;
  };

  server.on("connection", (socket: Socket) => {
    const seat = seatOf(socket);
    if (seats.size > most) (leastMissed([...seats.values()], seat) ?? seat).socket.destroy();
  });

  onRequest(server, (request: IncomingMessage, response: ServerResponse) => {
    const seat = seatOf(request.socket);
    const heard = (): void => void (seat.isUnheard = false);
    if (hasBody(request)) request.once("end", heard);
    else heard();
    seat.running += 1;
    response.once("close", () => (seat.running -= 1));
  });
}

function leastMissed(seats: readonly Seat[], arriving: Seat): Seat | undefined {
  const others = seats.filter((seat) => seat !== arriving && !seat.socket.destroyed);
  return others.find(({ isUnheard }) => isUnheard) ?? others.find(({ running }) => running === 0);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
