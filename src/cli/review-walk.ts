import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface, type Interface } from "node:readline/promises";
import { EXIT, UserError, type ExitCode } from "../core/errors.ts";
import { isAcceptable } from "../review/acceptable.ts";
import type { ReviewItem } from "../review/states.ts";
import { plural } from "./format.ts";
import type { CommandContext } from "./main.ts";
import { openProject, type Project } from "./open-project.ts";
import { commonOptions, parseOptions } from "./options.ts";
import { cardLines } from "./review-card.ts";
import { carryOut, openReview, REFUSAL_WORDS, reviewer, type ReviewSession } from "./review-session.ts";

const KEYS = "a accept · r reject · s skip · u take back the last · q quit, then Enter";

interface Walk {
  readonly session: ReviewSession;
  readonly actor: string;
  /** Items decided in this walk, last one last. */
  readonly decided: ReviewItem[];
}

/** `answerkey review`: pending proposals one after the other. Nothing is decided by Enter alone. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const project = await openProject(context, parseOptions(commonOptions, context.invocation.options));
  const unknown = context.invocation.operands.find((operand) => !existsSync(resolve(context.folder, operand)));
  if (unknown !== undefined) {
    throw new UserError(`there is no file or folder ${unknown}, and review has no such command`, {
      hint: "its commands: list, show, accept, reject, undo, check",
    });
  }
  if (context.streams.in.isTTY !== true || project.report.json) {
    throw new UserError("review walks through proposals on a terminal, and this is none", {
      hint: "for scripts: answerkey review list | show <id> | accept <id…> | reject <id…> | undo <id…> | check",
    });
  }
  const session = openReview(project, context.invocation.operands);
  const pending = session.items.filter((item) => item.proposal.header.status === "pending");
  const walk: Walk = { session, actor: await reviewer(project, undefined), decided: [] };
  const terminal = createInterface({ input: context.streams.in, output: process.stdout });
  try {
    await walkThrough(project, walk, pending, terminal);
  } finally {
    terminal.close();
  }
  const { report } = project;
  const left = pending.length - walk.decided.length;
  report.result(`${plural(walk.decided.length, "decision")} saved, ${left} left`);
  if (session.store.list().proposals.some(({ proposal }) => proposal.header.status === "accepted")) {
    report.result("next: answerkey apply --dry-run");
  }
  return left > 0 ? EXIT.open : EXIT.done;
}

async function walkThrough(
  project: Project,
  walk: Walk,
  pending: readonly ReviewItem[],
  terminal: Interface,
): Promise<void> {
  for (let at = 0; at < pending.length;) {
    const item = pending[at];
    if (item === undefined) return;
    project.report.result(project.report.style("cyan", `── ${at + 1} of ${pending.length} ──`));
    for (const line of cardLines(project.report, item)) project.report.result(line);
    const step = await ask(project, walk, item, terminal);
    if (step === "quit") return;
    at = step === "back" ? Math.max(0, at - 1) : at + 1;
  }
}

async function ask(
  project: Project,
  walk: Walk,
  item: ReviewItem,
  terminal: Interface,
): Promise<"next" | "back" | "quit"> {
  for (;;) {
    const key = (await answer(terminal, project.signal)).trim();
    switch (key) {
      case "a":
        if (accepted(project, walk, item)) return "next";
        break;
      case "r":
        if (decided(project, walk, item, "reject", await terminal.question("why (may stay empty)? "))) return "next";
        break;
      case "s":
        return "next";
      case "u":
        if (takeBack(project, walk)) return "back";
        break;
      case "q":
      case "quit":
        return "quit";
      default:
        project.report.result(KEYS);
    }
  }
}

function accepted(project: Project, walk: Walk, item: ReviewItem): boolean {
  if (isAcceptable(item)) return decided(project, walk, item, "accept");
  project.report.result(`it is ${item.state.kind} and cannot be accepted as it is`);
  return false;
}

/** The end of input, as Ctrl-D sends it, ends the walk: every decision so far is saved. */
async function answer(terminal: Interface, signal: AbortSignal): Promise<string> {
  if (signal.aborted) return "q";
  const ended = new Promise<string>((end) => terminal.once("close", () => end("q")));
  const typed = terminal.question(`${KEYS} > `, { signal }).catch(() => "q");
  return Promise.race([typed, ended]);
}

function decided(project: Project, walk: Walk, item: ReviewItem, action: "accept" | "reject", reason = ""): boolean {
  const refusal = carryOut(walk.session, item, {
    action,
    actor: walk.actor,
    reason: reason.trim() === "" ? undefined : reason.trim(),
    via: "terminal",
  });
  if (refusal === undefined) {
    walk.decided.push(item);
    return true;
  }
  project.report.result(`it ${REFUSAL_WORDS[refusal]}`);
  return false;
}

function takeBack({ report }: Project, { session, actor, decided: done }: Walk): boolean {
  const last = done.pop();
  if (last === undefined) {
    report.result("nothing to take back in this session");
    return false;
  }
  return carryOut(session, last, { action: "undo", actor, reason: undefined, via: "terminal" }) === undefined;
}
