import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from "../../bank/proposal.ts";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { decodeText, readFile } from "../../files/read-file.ts";
import { GRADE_STATES } from "../../grade/records/record.ts";
import { parseTerms, type Vocabulary } from "../../review/filter-terms.ts";
import { PROPOSAL_STATES } from "../../review/states.ts";
import { openBrowser } from "../../web/open-browser.ts";
import type { StaticAssets } from "../../web/open-routes.ts";
import { startReviewServer, type ReviewServer } from "../../web/server.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProjectWithoutKeys, type CommonOptions, type Project } from "../open-project.ts";
import { commonOptions, parseOptions, wholeNumber } from "../options.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { filterOption } from "../review/review-filter.ts";
import { faultWords } from "./review-desk-change.ts";
import { ProjectDesk } from "./review-desk.ts";
import { reviewer } from "../review/review-session.ts";

/** How the page is opened. */
export const pageOptions = z.object({
  port: wholeNumber.min(0, "expected at least 0").max(65_535, "expected at most 65535").default(0),
  open: z.boolean().default(true),
  by: z.string().optional(),
});
export type PageOptions = z.infer<typeof pageOptions>;

const webOptions = commonOptions.extend({ ...pageOptions.shape, ...filterOption.shape });

/** `answerkey review --web`: the review page, for this machine alone, until Ctrl-C or until nobody uses it. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(webOptions, context.invocation.options);
  const { operands } = context.invocation;
  const unknown = operands.find((operand) => !existsSync(resolve(context.folder, operand)));
  if (unknown !== undefined) {
    throw new UserError(`there is no file or folder ${unknown}`, { hint: "name banks, or nothing for all of them" });
  }
  return servePage(context, options, { operands, search: searchOf(options.filter.join(" ")) });
}

const PAGE_WORDS: Vocabulary = {
  states: [...PROPOSAL_STATES, ...PROPOSAL_STATUSES, ...GRADE_STATES],
  kinds: [...PROPOSAL_KINDS, "grade"],
  hasFreeText: false,
};

/** The page's own search takes the terms of a filter. Decided ones count too, as they do on the terminal. */
function searchOf(filter: string): string {
  if (filter.trim() === "") return "";
  const parsed = parseTerms(filter, PAGE_WORDS);
  if (parsed.status === "wrong") throw new UserError(`--filter: ${parsed.message}`, { hint: parsed.hint });
  return `?${new URLSearchParams({ text: filter, status: "" }).toString()}`;
}

/** What the page shows first. */
interface Page {
  readonly operands: readonly string[];
  /** The query of its address; "" for the queue. */
  readonly search: string;
}

/** @throws UserError where there is no bank, no page or no port. */
export async function servePage(
  context: CommandContext,
  options: CommonOptions & PageOptions,
  { operands, search }: Page,
): Promise<ExitCode> {
  const project = await openProjectWithoutKeys(context, options);
  const assets = readPage();
  const opening = ProjectDesk.open(project, operands, await reviewer(project, options.by));
  // Its fault is met where it is waited for.
  opening.catch(() => {});
  const server = await startReviewServer({
    desk: opening,
    assets,
    clock: project.clock,
    randomBytes: (size) => randomBytes(size),
    port: options.port,
    signal: project.signal,
    onError: (error) => project.report.warn(terminalWords(error)),
  });
  try {
    // Where there is nothing to open, that is known by now; thousands of proposals are read while the browser starts.
    await Promise.race([opening, nextTurn()]);
    await announce(project, server.url.replace("/#", `/${search}#`), server.port, options.open);
    return await untilDone(project, await opening, server);
  } finally {
    await server.stop();
  }
}

async function untilDone(project: Project, desk: ProjectDesk, server: ReviewServer): Promise<ExitCode> {
  try {
    const why = await server.done;
    if (why === "idle") project.report.note("nobody used the page for half an hour");
  } finally {
    await desk.close();
  }
  return summarise(project, desk);
}

async function announce({ report, environment }: Project, url: string, port: number, mayOpen: boolean): Promise<void> {
  report.result(`review page: ${url}`);
  report.document({ schema: 1, url, port });
  report.note("the address works once, for a minute; end with Ctrl-C");
  if (!mayOpen || environment.isContinuousIntegration || !environment.hasDisplay) return;
  const isOpened = await openBrowser(url, process.platform);
  if (!isOpened) report.note("no browser could be opened; open the address by hand");
}

function summarise({ report }: Project, desk: ProjectDesk): ExitCode {
  const { pending, acceptedNotApplied } = desk.queue().totals;
  const words = `${plural(desk.changes, "change")} saved; ${pending} wait for a decision, ${acceptedNotApplied} for answerkey apply`;
  // The one document of --json was the address, which nobody could have waited for otherwise.
  if (report.json) report.note(words);
  else report.result(words);
  return pending + acceptedNotApplied > 0 ? EXIT.open : EXIT.done;
}

/** What went wrong inside, without anything of what was reviewed. */
function terminalWords(error: unknown): string {
  if (error instanceof UserError) return faultWords(error);
  return `the review page met a fault: ${error instanceof Error ? error.name : "unknown"}`;
}

/** @throws UserError where the page was not built. */
function readPage(): StaticAssets {
  const folder = join(PACKAGE_ROOT, "dist", "web");
  if (!existsSync(join(folder, "app.js"))) {
    throw new UserError("the review page is not part of this installation", {
      hint: "in a checkout, build it with: npm run build",
    });
  }
  const text = (name: string): string => decodeText(readFile(join(folder, name))) ?? "";
  return { html: text("index.html"), script: text("app.js"), style: text("app.css") };
}
