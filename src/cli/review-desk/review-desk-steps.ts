import type { Change } from "../../web/api.ts";

/** One change of this session, and how it is taken back while the things it changed are as it left them. */
export interface Step {
  readonly changed: readonly { readonly id: string; readonly etag: string }[];
  readonly back: () => Change;
}

/** The changes of a session, so that the last one can be taken back, and the one before it after that. */
export class Steps {
  readonly #steps: Step[] = [];

  /** Things that were changed and not taken back. */
  get changes(): number {
    return this.#steps.reduce((sum, { changed }) => sum + changed.length, 0);
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** @param etagNow of a thing as it is now; undefined where it is gone. */
  takeBack(etagNow: (id: string) => string | undefined): Change {
    const step = this.#steps.at(-1);
    if (step === undefined) return { status: "refused", message: "There is nothing to take back in this session." };
    if (step.changed.some(({ id, etag }) => etagNow(id) !== etag)) {
      this.#steps.pop();
      return { status: "conflict", message: "It was changed again since. Look at it as it is now." };
    }
    const change = step.back();
    if (change.status === "done") this.#steps.pop();
    return change;
  }
}
