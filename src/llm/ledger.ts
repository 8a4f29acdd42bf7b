import { UserError } from "../core/errors.ts";
import { addCost, type Cost, FREE, type Usage } from "../core/usage.ts";
import { ceilingUsd, costOf, type Price } from "./prices.ts";

export interface LedgerOptions {
  readonly price: Price | undefined;
  readonly budgetUsd?: number | undefined;
  /** What the run had spent before it was taken up again. */
  readonly spent?: Cost | undefined;
}

/** Money set aside for one request that is under way. */
export interface Reservation {
  /** Books what the request really used; undefined where it brought no usage. */
  settle(usage: Usage | undefined): Cost;
}

/** Keeps spending under the budget: the worst case of a request is set aside before it is sent. */
export interface Ledger {
  /**
   * Waits while requests under way may still free enough of the budget.
   * @returns undefined where the request does not fit and nothing under way can change that.
   */
  reserve(maxInputTokens: number, maxOutputTokens: number): Promise<Reservation | undefined>;
  /** Whether so much more may be set aside, for requests that are not waited for. */
  fits(usd: number): boolean;
  /** Sets money aside for longer than any request is under way: for a batch. */
  hold(usd: number): void;
  release(usd: number): void;
  /** Books what was spent without a reservation. */
  charge(cost: Cost): void;
  spent(): Cost;
}

interface Waiter {
  readonly usd: number;
  readonly resolve: (reservation: Reservation | undefined) => void;
}

/** @throws UserError where a budget is given for a model whose price or earlier spending nobody knows. */
export function createLedger({ price, budgetUsd, spent = FREE }: LedgerOptions): Ledger {
  if (budgetUsd === undefined) return new OpenLedger(price, spent);
  if (price === undefined) {
    throw new UserError("a budget cannot be kept: the price of this model is unknown", {
      hint: "give its price under `prices` in the configuration, or run without --budget",
    });
  }
  if (spent.kind === "unknown") {
    throw new UserError("a budget cannot be kept: this run has spent an unknown amount already", {
      hint: "start a new run, or go on without --budget",
    });
  }
  return new BudgetLedger(price, budgetUsd, spent.usd);
}

class OpenLedger implements Ledger {
  readonly #price: Price | undefined;
  #spent: Cost;

  constructor(price: Price | undefined, spent: Cost) {
    this.#price = price;
    this.#spent = spent;
  }

  spent(): Cost {
    return this.#spent;
  }

  fits(): boolean {
    return true;
  }

  hold(): void {}

  release(): void {}

  charge(cost: Cost): void {
    this.#spent = addCost(this.#spent, cost);
  }

  reserve(): Promise<Reservation> {
    return Promise.resolve({
      settle: (usage) => {
        const cost = usage === undefined ? FREE : costOf(usage, this.#price);
        this.#spent = addCost(this.#spent, cost);
        return cost;
      },
    });
  }
}

class BudgetLedger implements Ledger {
  readonly #price: Price;
  readonly #budgetUsd: number;
  #spentUsd: number;
  #reservedUsd = 0;
  #heldUsd = 0;
  #underWay = 0;
  readonly #waiters: Waiter[] = [];

  constructor(price: Price, budgetUsd: number, spentUsd: number) {
    this.#price = price;
    this.#budgetUsd = budgetUsd;
    this.#spentUsd = spentUsd;
  }

  spent(): Cost {
    return { kind: "known", usd: this.#spentUsd };
  }

  reserve(maxInputTokens: number, maxOutputTokens: number): Promise<Reservation | undefined> {
    return new Promise((resolve) => {
      this.#waiters.push({ usd: ceilingUsd(this.#price, maxInputTokens, maxOutputTokens), resolve });
      this.#serve();
    });
  }

  fits(usd: number): boolean {
    return this.#spentUsd + this.#reservedUsd + this.#heldUsd + usd <= this.#budgetUsd;
  }

  hold(usd: number): void {
    this.#heldUsd += usd;
  }

  release(usd: number): void {
    this.#heldUsd = Math.max(0, this.#heldUsd - usd);
    this.#serve();
  }

  charge(cost: Cost): void {
    this.#spentUsd += cost.kind === "known" ? cost.usd : 0;
  }

  #serve(): void {
    for (let first = this.#waiters[0]; first !== undefined; first = this.#waiters[0]) {
      const fits = this.fits(first.usd);
      if (!fits && this.#underWay > 0) return;
      this.#waiters.shift();
      first.resolve(fits ? this.#setAside(first.usd) : undefined);
    }
  }

  #setAside(usd: number): Reservation {
    this.#reservedUsd += usd;
    this.#underWay += 1;
    return {
      settle: (usage) => {
        const actualUsd = usage === undefined ? 0 : this.#price.usd(usage);
        this.#underWay -= 1;
        // Sums of fractions drift; with nothing under way nothing is set aside.
        this.#reservedUsd = this.#underWay === 0 ? 0 : this.#reservedUsd - usd;
        this.#spentUsd += actualUsd;
        this.#serve();
        return { kind: "known", usd: actualUsd };
      },
    };
  }
}
