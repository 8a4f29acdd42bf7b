const CUT = 0.8;
const GROWTH = 1.05;
const BUSY_SHARE = 0.8;

/** What a request remembers of its admission. */
export interface Admission {
  readonly episode: number;
}

export type Ending = "success" | "trouble" | "rate-limit" | "unsent";

/**
 * How many requests may be under way: doubles each round until the first rate limit, is then cut by a fifth for each
 * burst of them and grows by a twentieth for each clean round. A round is as many endings as there are slots; it is
 * clean without 429, 5xx and timeout, and counts only if the slots were really used.
 */
export class AdaptiveSlots {
  readonly #ceiling: number;
  #limit: number;
  #isDoubling = true;
  #episode = 0;
  #active = 0;
  #endings = 0;
  #peak = 0;
  #isClean = true;

  constructor(start: number, ceiling: number) {
    this.#ceiling = Math.max(1, Math.floor(ceiling));
    this.#limit = Math.min(Math.max(1, Math.floor(start)), this.#ceiling);
  }

  get limit(): number {
    return this.#limit;
  }

  admit(): Admission {
    this.#active += 1;
    this.#peak = Math.max(this.#peak, this.#active);
    return { episode: this.#episode };
  }

  end(admission: Admission, ending: Ending): void {
    this.#active -= 1;
    if (ending === "unsent") return;
    if (ending === "rate-limit") return this.#cut(admission);
    if (ending === "trouble") this.#isClean = false;
    this.#endings += 1;
    if (this.#endings >= this.#limit) this.#endRound();
  }

  /** Requests admitted before the last cut belong to the burst it answered: they do not cut again. */
  #cut(admission: Admission): void {
    this.#isClean = false;
    this.#isDoubling = false;
    if (admission.episode !== this.#episode) return;
    this.#episode += 1;
    this.#limit = Math.max(1, Math.floor(this.#limit * CUT));
    this.#startRound();
  }

  #endRound(): void {
    if (this.#isClean && this.#peak >= this.#limit * BUSY_SHARE) {
      const grown = this.#isDoubling ? this.#limit * 2 : Math.ceil(this.#limit * GROWTH);
      this.#limit = Math.min(this.#ceiling, grown);
    }
    this.#startRound();
  }

  #startRound(): void {
    this.#endings = 0;
    this.#peak = this.#active;
    this.#isClean = true;
  }
}
