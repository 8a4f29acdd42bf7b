import type { QueueRow } from "../../../src/web/api.ts";

export function sampleRow(change: Partial<QueueRow> = {}): QueueRow {
  return {
    id: "q-1",
    name: change.id ?? "q-1",
    kind: "answer",
    status: "pending",
    state: "clean",
    title: "What is a mutex?",
    place: "systems/locks.md",
    candidate: "",
    words: 40,
    confidence: 0.7,
    cost: 0.002,
    model: "m-1",
    prompt: "draft@1",
    run: "r-1",
    flags: [],
    edited: false,
    revision: 1,
    etag: "e-1",
    ...change,
  };
}
