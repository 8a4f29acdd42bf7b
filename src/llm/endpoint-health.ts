import type { ApiFailure } from "../core/outcome.ts";
import type { StopReason } from "./run-stop.ts";

/** So many tasks in a row that used up their tries mean the endpoint is down, and not that ten tasks are odd. */
const TASKS_UNTIL_OUTAGE = 10;

/** Tells a bad moment from an endpoint that is not there, so that a large run does not wait for each item in turn. */
export class EndpointHealth {
  readonly #endpoint: string;
  #wasReached = false;
  #exhaustedInARow = 0;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  succeeded(): void {
    this.#wasReached = true;
    this.#exhaustedInARow = 0;
  }

  /**
   * @param failuresBefore how often the same task had failed already.
   * @param isLast whether the task gives up with it.
   */
  failed(failure: ApiFailure, failuresBefore: number, isLast: boolean): StopReason | undefined {
    if (failure.status !== undefined) this.#wasReached = true;
    if (failure.scope === "run") return { kind: "failure", failure };
    if (failure.scope !== "retry") return undefined;
    if (!this.#wasReached && failuresBefore > 0) return { kind: "failure", failure: this.#unreachable(failure) };
    if (!isLast) return undefined;
    this.#exhaustedInARow += 1;
    return this.#exhaustedInARow >= TASKS_UNTIL_OUTAGE ? { kind: "outage", failure } : undefined;
  }

  #unreachable(failure: ApiFailure): ApiFailure {
    const message = `cannot reach ${this.#endpoint} (${failure.message}); check the base URL and that the server runs`;
    return { ...failure, scope: "run", message };
  }
}
