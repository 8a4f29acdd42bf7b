import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { QueueRuns, type QueueRunState } from "../../engine/queue/queue-runs.ts";
import { QueueServer } from "../../engine/queue/queue-server.ts";
import { listRuns } from "../../files/run-folder.ts";
import { batchesOfRun, batchInWords } from "./batch-run.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProjectWithoutKeys, type Project } from "../open-project.ts";
import { didYouMean } from "../nearest-names.ts";
import { queueId } from "../queue/open-queue.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { queueOptions } from "../queue/queue-options.ts";
import { detailLines, runDetails } from "./run-details.ts";
import { localLines, localRow, queueDetails, queueLines, queueRow, rowLines } from "./run-rows.ts";

const runsOptions = commonOptions.extend({ database: queueOptions.shape.database });

/** `answerkey runs`, `runs show|cancel|redrive|forget <id>`: what runs have come to, here and on the queue. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { command, operands, options } = context.invocation;
  const project = await openProjectWithoutKeys(context, parseOptions(runsOptions, options));
  const database = parseOptions(runsOptions, options).database ?? project.environment.database;
  const server = database === undefined ? undefined : await QueueServer.open({ database, clock: project.clock });
  try {
    const queue = server && new QueueRuns(server);
    if (command === "runs") return await list(project, queue);
    const id = operands[0] ?? "";
    if (command === "runs show") return await show(project, queue, id);
    if (queue === undefined) {
      throw new UserError("only runs on a queue can be changed", { hint: "name it with --database" });
    }
    return await change(project, queue, { command, id });
  } finally {
    await server?.close();
  }
}

async function list(project: Project, queue: QueueRuns | undefined): Promise<ExitCode> {
  const { report } = project;
  const remote = (await queue?.list()) ?? [];
  const ids = new Set(remote.map(({ id }) => id));
  const local = listRuns(project.workspace).filter((each) => !ids.has(queueId(project, each)));
  const rows = [...local.flatMap(localRow), ...remote.map(queueRow)];
  if (rows.length === 0) report.note("no runs here; start one with answerkey fill or answerkey grade");
  else for (const line of rowLines(rows)) report.result(line);
  report.document({ schema: 1, runs: rows });
  return EXIT.done;
}

async function show(project: Project, queue: QueueRuns | undefined, id: string): Promise<ExitCode> {
  const { report } = project;
  const local = listRuns(project.workspace).find((each) => each.id === id);
  const remote = await queue?.state(local === undefined ? id : queueId(project, local));
  if (remote !== undefined) {
    for (const line of queueLines(remote)) report.result(line);
    report.document({ schema: 1, run: { ...queueRow(remote), ...queueDetails(remote) } });
    return EXIT.done;
  }
  const [row] = local === undefined ? [] : localRow(local);
  if (local === undefined || row === undefined) throw await noRun(project, queue, id);
  const batches = batchesOfRun(project, local);
  const details = runDetails(local);
  for (const line of [...localLines(row), ...detailLines(details), ...batches.map(batchInWords)]) report.result(line);
  report.document({ schema: 1, run: { ...row, ...details, batches } });
  return EXIT.done;
}

async function change(
  project: Project,
  queue: QueueRuns,
  { command, id }: { readonly command: string; readonly id: string },
): Promise<ExitCode> {
  const { report } = project;
  const local = listRuns(project.workspace).find((each) => each.id === id);
  const known = await queue.state(local === undefined ? id : queueId(project, local));
  if (known === undefined) throw await noRun(project, queue, id);
  if (command === "runs forget") return forget(project, queue, known);
  if (command === "runs cancel") {
    await queue.cancel(known.id);
    report.result(`${known.id} is taken back; ${known.held} of its jobs under way are dropped within seconds`);
    report.note(`what was paid for is kept; it goes on with: answerkey resume`);
    report.document({ schema: 1, run: known.id, cancelled: true });
    return EXIT.done;
  }
  const sent = await queue.redrive(known.id);
  report.result(
    sent === 0 ? `${known.id} has no dead letters` : `${plural(sent, "dead letter")} of ${known.id} sent once more`,
  );
  if (sent > 0) report.result("next: answerkey resume takes in what comes of it, where the run was begun");
  report.document({ schema: 1, run: known.id, redriven: sent });
  return EXIT.done;
}

async function forget({ report }: Project, queue: QueueRuns, { id, state, held }: QueueRunState): Promise<ExitCode> {
  if (state === "open" || held > 0) {
    throw new UserError(`${id} is still worked on`, {
      hint: `take it back first: answerkey runs cancel ${id}; what is under way then ends within seconds`,
    });
  }
  const gone = await queue.forget(id);
  report.result(`${id} is out of the database, with ${plural(gone, "job")} that no other run has`);
  report.note("its folder under outputs/runs stays where it was begun");
  report.document({ schema: 1, run: id, forgotten: gone });
  return EXIT.done;
}

async function noRun(project: Project, queue: QueueRuns | undefined, id: string): Promise<UserError> {
  const known = [...listRuns(project.workspace), ...((await queue?.list()) ?? [])].map((each) => each.id);
  const otherwise = "answerkey runs lists those of this project; for those on a queue name it with --database";
  return new UserError(`there is no run ${id}`, { hint: didYouMean(id, known, otherwise) });
}
