import { type Capabilities, FULL, type Rejection, stepDown } from "./capabilities.ts";
import type { WireReply } from "./openai-reply.ts";
import { isFenced } from "./reply-json.ts";

/** What was known of the endpoint when a request was made, and how it was asked in the end. */
export interface Asked {
  readonly known: Capabilities;
  readonly able: Capabilities;
}

/** How an endpoint is asked, which its answers teach. One an endpoint and model, whatever way requests travel. */
export class LearnedCapabilities {
  readonly #onLearned: (learned: Capabilities) => void;
  #able: Capabilities;
  #hasWorked: boolean;

  constructor(known: Capabilities | undefined, onLearned: (learned: Capabilities) => void = () => {}) {
    this.#able = known ?? FULL;
    this.#hasWorked = known !== undefined;
    this.#onLearned = onLearned;
  }

  get current(): Capabilities {
    return this.#able;
  }

  /** The next less demanding way to ask, or undefined where the rejection is not about the way of asking. */
  stepDown(able: Capabilities, rejection: Rejection): Capabilities | undefined {
    return stepDown(able, rejection, this.#hasWorked);
  }

  /** The same for a request that was made long ago: steps down only where nobody has since. */
  stepDownFrom(able: Capabilities, rejection: Rejection): boolean {
    const next = this.stepDown(able, rejection);
    if (next === undefined) return false;
    if (isSame(able, this.#able)) this.#able = next;
    return true;
  }

  /**
   * A whole reply proves the way of asking; a fence around bare JSON shows that the demand for JSON was ignored. Replies
   * that were under way when another taught something teach nothing more.
   */
  learn({ known, able }: Asked, { finish, text }: Extract<WireReply, { kind: "completion" }>): Capabilities["format"] {
    if (finish !== "complete" || text.trim() === "") return able.format;
    const isIgnored = isFenced(text) && (!this.#hasWorked || this.#able.format === "plain");
    const learned: Capabilities = isIgnored && able.format !== "plain" ? { ...able, format: "plain" } : able;
    const isNews = !this.#hasWorked || (known === this.#able && learned !== known);
    if (isNews) {
      this.#able = learned;
      this.#hasWorked = true;
      this.#onLearned(learned);
    }
    return learned.format;
  }

  /** {@link learn} from a reply that was asked for long ago, perhaps by another process. */
  learnLate(able: Capabilities, reply: Extract<WireReply, { kind: "completion" }>): Capabilities["format"] {
    const known = this.#able;
    if (isSame(able, known)) return this.learn({ known, able: known }, reply);
    return this.#hasWorked ? able.format : this.learn({ known, able }, reply);
  }
}

function isSame(left: Capabilities, right: Capabilities): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
