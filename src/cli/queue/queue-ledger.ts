import type { Clock } from "../../core/clock.ts";
import type { Cost, Usage } from "../../core/usage.ts";
import type { RunBudget } from "../../engine/queue/run-budget.ts";
import type { Ledger, Reservation } from "../../llm/ledger.ts";
import { ceilingUsd, costOf, type Price } from "../../llm/prices.ts";

const ASK_AGAIN_MS = 300;

/** The budget of a run that several workers spend: the worst case of each request is set aside in the database first. */
export class QueueLedger implements Ledger {
  readonly #budget: RunBudget;
  readonly #price: Price;
  readonly #clock: Clock;
  #spentUsd = 0;

  constructor(budget: RunBudget, price: Price, clock: Clock) {
    this.#budget = budget;
    this.#price = price;
    this.#clock = clock;
  }

  async reserve(maxInputTokens: number, maxOutputTokens: number): Promise<Reservation | undefined> {
    const usd = ceilingUsd(this.#price, maxInputTokens, maxOutputTokens);
    for (;;) {
      const answer = await this.#budget.hold(usd);
      if (answer === "held") return { settle: (usage) => this.#settle(usd, usage) };
      if (answer === "never") {
        await this.#budget.stop();
        return undefined;
      }
      await this.#clock.sleep(ASK_AGAIN_MS);
    }
  }

  #settle(heldUsd: number, usage: Usage | undefined): Cost {
    const usd = usage === undefined ? 0 : this.#price.usd(usage);
    this.#spentUsd += usd;
    // A worker that dies before this is booked has its money counted as spent.
    void this.#budget.settle(heldUsd, usd).catch(() => {});
    return usage === undefined ? { kind: "known", usd: 0 } : costOf(usage, this.#price);
  }

  spent(): Cost {
    return { kind: "known", usd: this.#spentUsd };
  }

  fits(): boolean {
    return true;
  }

  hold(): void {}

  release(): void {}

  charge(cost: Cost): void {
    this.#spentUsd += cost.kind === "known" ? cost.usd : 0;
  }
}
