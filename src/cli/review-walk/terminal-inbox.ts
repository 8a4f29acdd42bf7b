/** Events in the order in which they came, for a loop that takes them one by one. */
export class Inbox<Event> {
  #events: Event[] = [];
  #wake: (() => void) | undefined;

  put(event: Event): void {
    this.#events.push(event);
    this.#wake?.();
  }

  async next(): Promise<Event> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  /** Forgets events that came and were not taken yet. */
  drop(isUnwanted: (event: Event) => boolean): void {
    this.#events = this.#events.filter((event) => !isUnwanted(event));
  }
}
