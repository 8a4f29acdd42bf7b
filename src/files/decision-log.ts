import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { UserError } from "../core/errors.ts";
import { hashOf, type Hash } from "../core/hash.ts";
import { visibleLine } from "../core/sanitise.ts";
import { decision, type Decision, type NewDecision } from "./decision.ts";
import { faultCode, fileError } from "./file-error.ts";
import { scanLines } from "./line-scan.ts";
import { acquireLock } from "./lock.ts";
import { parseJson } from "./plain-data.ts";
import { openRecordLog } from "./record-log.ts";
import { ensureFolder, type Workspace } from "./workspace.ts";

/** Whether the log is as it was written. Lines cut off at its end do not show; compare `head` with one noted before. */
export type ChainCheck =
  | { readonly status: "whole"; readonly decisions: number; readonly head: Hash }
  | { readonly status: "broken"; readonly line: number; readonly reason: string };

/** Who decided what and when, append-only; several processes may append. All methods throw UserError when the disk fails. */
export interface DecisionLog {
  /** On return the decisions are on the disk, one after the other with nothing between. */
  append(given: readonly NewDecision[]): readonly Decision[];
  /** @throws UserError naming the first line that is not a decision. */
  readAll(): readonly Decision[];
  verifyChain(): ChainCheck;
}

/** What stands for the hash of the line before the first. */
const BEFORE_FIRST: Hash = `sha256:${"0".repeat(64)}`;
const PATIENCE_MS = 5_000;

export function openDecisionLog(workspace: Workspace, clock: Clock): DecisionLog {
  const path = workspace.decisions;

  return {
    append(given) {
      const lock = acquireLock(join(ensureFolder(workspace.locks), "decisions.lock"), clock, {
        patienceMs: PATIENCE_MS,
      });
      try {
        const end = endOf(path);
        const at = new Date(clock.now()).toISOString();
        let prev = end.head;
        const entries = given.map((each, index) => {
          const entry = decision.parse({ ...each, v: 1, seq: end.lines + index + 1, at, prev });
          prev = hashOf(JSON.stringify(entry));
          return entry;
        });
        appendDurably(path, entries);
        return entries;
      } finally {
        lock.release();
      }
    },

    readAll() {
      const decisions: Decision[] = [];
      eachLine(path, (line, number) => {
        const entry = parseDecision(line);
        if (entry === undefined) throw damagedError(path, number);
        decisions.push(entry);
      });
      return decisions;
    },

    verifyChain() {
      let head = BEFORE_FIRST;
      let decisions = 0;
      let broken: ChainCheck | undefined;
      eachLine(path, (line, number) => {
        broken ??= faultAt(number, parseDecision(line), head);
        head = hashOf(line);
        decisions = number;
      });
      return broken ?? { status: "whole", decisions, head };
    },
  };
}

function faultAt(line: number, entry: Decision | undefined, head: Hash): ChainCheck | undefined {
  if (entry === undefined) return { status: "broken", line, reason: "it is not a decision" };
  if (entry.prev !== head)
    return { status: "broken", line, reason: "the line before it is not the one it was written after" };
  if (entry.seq !== line) return { status: "broken", line, reason: `it is numbered ${entry.seq}` };
  return undefined;
}

function endOf(path: string): { readonly lines: number; readonly head: Hash } {
  let last: Buffer | undefined;
  let lines = 0;
  eachLine(path, (line, number) => {
    last = Buffer.from(line);
    lines = number;
  });
  return { lines, head: last === undefined ? BEFORE_FIRST : hashOf(last) };
}

function appendDurably(path: string, entries: readonly Decision[]): void {
  const log = openRecordLog(path);
  try {
    for (const entry of entries) log.append(entry);
    log.sync();
  } finally {
    log.close();
  }
}

/** Visits the whole lines, counted from 1; none if there is no file. */
function eachLine(path: string, visit: (line: Buffer, number: number) => void): void {
  const descriptor = openIfAny(path);
  if (descriptor === undefined) return;
  let number = 0;
  try {
    scanLines(descriptor, (line) => visit(line, (number += 1)));
  } catch (error) {
    throw fileError("read", path, error);
  } finally {
    closeSync(descriptor);
  }
}

function openIfAny(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (faultCode(error) === "ENOENT") return undefined;
    throw fileError("open", path, error);
  }
}

function parseDecision(line: Buffer): Decision | undefined {
  try {
    return decision.safeParse(parseJson(line.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

function damagedError(path: string, line: number): UserError {
  return new UserError(`cannot read ${visibleLine(path)}: line ${line} is not a decision`, {
    hint: "Restore the file from a copy, or remove that line to go on without it.",
  });
}
