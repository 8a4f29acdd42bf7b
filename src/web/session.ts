import { createHash, timingSafeEqual } from "node:crypto";

const SECRET_BYTES = 32;
const LAUNCH_MS = 60_000;

export interface Secrets {
  /** Bytes that nobody can foresee. */
  readonly randomBytes: (size: number) => Uint8Array;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Who may use the server: whoever has the launch code trades it, once and within a minute, for the token that every
 * request shows. The code is spent before it could be read from a shell's history or a list of processes.
 */
export class Session {
  /** For the fragment of the url, which no browser sends. */
  readonly launchCode: string;
  readonly #token: string;
  readonly #now: () => number;
  readonly #expiresAt: number;
  #isSpent = false;
  #lastUsedAt: number;

  constructor({ randomBytes, now }: Secrets) {
    this.launchCode = secret(randomBytes);
    this.#token = secret(randomBytes);
    this.#now = now;
    this.#lastUsedAt = now();
    this.#expiresAt = this.#lastUsedAt + LAUNCH_MS;
  }

  /** When somebody last proved to be who may use the server, or it began; milliseconds since the epoch. */
  get lastUsedAt(): number {
    return this.#lastUsedAt;
  }

  /** @returns the token; undefined for a wrong, spent or old code. */
  redeem(code: string | undefined): string | undefined {
    const isInTime = !this.#isSpent && this.#now() < this.#expiresAt;
    if (code === undefined || !isEqual(code, this.launchCode) || !isInTime) return undefined;
    this.#isSpent = true;
    this.#lastUsedAt = this.#now();
    return this.#token;
  }

  /** @param authorization the header's value. */
  accepts(authorization: string | undefined): boolean {
    if (authorization === undefined || !isEqual(authorization, `Bearer ${this.#token}`)) return false;
    this.#lastUsedAt = this.#now();
    return true;
  }
}

function secret(randomBytes: Secrets["randomBytes"]): string {
  return Buffer.from(randomBytes(SECRET_BYTES)).toString("base64url");
}

/** In the same time wherever they differ: digests have one length. */
function isEqual(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
