import { expect, test } from "vitest";
import { hashOf, sha256Hex } from "../../src/core/hash.ts";

// FIPS 180-2, appendix B.1.
const OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

test("is SHA-256 of the bytes; a text stands for its UTF-8", () => {
  expect([sha256Hex("abc"), hashOf("abc")]).toEqual([OF_ABC, `sha256:${OF_ABC}`]);
  expect(hashOf("é\u{1F600}")).toBe(hashOf(new TextEncoder().encode("é\u{1F600}")));
});
