import type { JSX } from "preact";
import type { Tone } from "./words.ts";

const SHAPES: Readonly<Record<Tone, string>> = {
  good: "M3.5 8.5l3 3 6-7",
  calm: "M4 8h8",
  warn: "M8 3.5v5.5M8 12v.5",
  bad: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  person: "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3.5 13.5c.6-2.6 2.3-3.7 4.5-3.7s3.9 1.1 4.5 3.7",
};

/** Beside a word, never instead of one. */
export function Icon({ tone }: { readonly tone: Tone }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d={SHAPES[tone]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
