import { UserError } from "../../core/errors.ts";
import type { Invocation } from "../command.ts";

/** @throws UserError unless proposals are named, either by their ids or with --all. */
export function refuseUnnamed(
  { command, operands }: Invocation,
  {
    all,
    filter,
    despite = [],
  }: { readonly all: boolean; readonly filter: readonly string[]; readonly despite?: readonly string[] },
): void {
  if (all && operands.length > 0) refuse("ids and --all exclude each other", command);
  if (!all && filter.length > 0) refuse("--filter is for --all", command);
  if (!all && despite.length > 0) refuse("--despite is for --all", command);
  if (!all && operands.length === 0) refuse("no proposal is named", command);
}

function refuse(message: string, command: string): never {
  throw new UserError(message, { hint: `answerkey ${command} <id…>, or --all` });
}
