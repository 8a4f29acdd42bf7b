import { describe, expect, test } from "vitest";
import { Session } from "../../src/web/session.ts";
import { ManualClock } from "./manual-clock.ts";

function session(clock = new ManualClock()): Session {
  let next = 0;
  return new Session({ randomBytes: (size) => new Uint8Array(size).fill((next += 1)), now: () => clock.now() });
}

/** 32 bytes in base64url. */
const bytes = (value: number): string => Buffer.alloc(32, value).toString("base64url");

describe("a session", () => {
  test("trades its code for the token, once", () => {
    const one = session();
    expect(one.launchCode).toBe(bytes(1));
    expect(one.redeem(one.launchCode)).toBe(bytes(2));
    expect(one.redeem(one.launchCode)).toBeUndefined();
  });

  test("trades nothing else, and a wrong guess spends nothing", () => {
    const one = session();
    const wrong = [undefined, "", "x", bytes(2), one.launchCode.slice(1), `${one.launchCode}=`, ` ${one.launchCode}`];
    expect(wrong.map((code) => one.redeem(code))).toEqual(wrong.map(() => undefined));
    expect(one.redeem(one.launchCode)).toBe(bytes(2));
  });

  test("trades for a minute", () => {
    const clock = new ManualClock();
    const [early, late] = [session(clock), session(clock)];
    clock.advance(59_999);
    expect(early.redeem(early.launchCode)).toBe(bytes(2));
    clock.advance(1);
    expect(late.redeem(late.launchCode)).toBeUndefined();
  });

  test("accepts its token and nothing near it", () => {
    const one = session();
    const token = bytes(2);
    const near = [undefined, "", token, "Bearer", "Bearer ", `bearer ${token}`, `Bearer  ${token}`, `Bearer ${token} `];
    expect(near.map((text) => one.accepts(text))).toEqual(near.map(() => false));
    expect(one.accepts(`Bearer ${bytes(1)}`)).toBe(false);
    expect(one.accepts(`Bearer ${token}`)).toBe(true);
  });

  test("is used by who proves to be its user, and by nobody else", () => {
    const clock = new ManualClock();
    const one = session(clock);
    const began = clock.now();
    clock.advance(10);
    one.accepts("Bearer wrong");
    one.redeem("wrong");
    expect(one.lastUsedAt).toBe(began);
    one.redeem(one.launchCode);
    expect(one.lastUsedAt).toBe(began + 10);
    clock.advance(5);
    one.accepts(`Bearer ${bytes(2)}`);
    expect(one.lastUsedAt).toBe(began + 15);
  });
});
