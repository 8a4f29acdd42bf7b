/** A meeting point of many givers and one taker: a giver goes on only when its value was taken. */
export class HandOver<Value> {
  readonly #offers: { readonly value: Value; readonly taken: () => void }[] = [];
  #wake: (() => void) | undefined;
  #isClosed = false;

  /** Resolves when the value was taken. */
  give(value: Value): Promise<void> {
    return new Promise((taken) => {
      this.#offers.push({ value, taken });
      this.#wake?.();
    });
  }

  /** No value will come any more. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  /** All values until the point is closed, in the order in which they were offered. */
  async *values(): AsyncGenerator<Value, void, undefined> {
    for (;;) {
      for (let offer = this.#offers.shift(); offer !== undefined; offer = this.#offers.shift()) {
        offer.taken();
        yield offer.value;
      }
      if (this.#isClosed) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
