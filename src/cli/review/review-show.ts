import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import type { CommandContext } from "../main.ts";
import { openProject } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { cardLines } from "./review-card.ts";
import { itemsWithId, openReview } from "./review-session.ts";

/** `answerkey review show <id>`: one proposal in full. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const project = await openProject(context, parseOptions(commonOptions, context.invocation.options));
  const [id] = context.invocation.operands;
  if (id === undefined) throw new UserError("no id is named", { hint: "answerkey review list shows them" });
  const items = itemsWithId(openReview(project, []), id);
  for (const item of items) for (const line of cardLines(project.report, item)) project.report.result(line);
  project.report.document({
    schema: 1,
    items: items.map(({ proposal, state, isEdited }) => ({
      ...proposal.header,
      state: state.kind,
      edited: isEdited,
      draft: proposal.body,
    })),
  });
  return EXIT.done;
}
