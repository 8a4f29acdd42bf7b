import { QueueRuns } from "../../engine/queue/queue-runs.ts";
import { QueueServer } from "../../engine/queue/queue-server.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import type { Project } from "../open-project.ts";
import { queueId } from "./open-queue.ts";
import { databaseOf } from "./queue-options.ts";

/**
 * Whether a run that ended here has jobs on the queue that it has not taken in: dead letters that were sent once more.
 * @throws UserError where the queue cannot be reached.
 */
export async function isLeftOnQueue(
  project: Project,
  folder: RunFolder,
  options: { readonly database?: string | undefined },
): Promise<boolean> {
  const { clock, environment, signal } = project;
  const server = await QueueServer.open({ database: databaseOf(options, environment), clock, signal });
  try {
    return (await new QueueRuns(server).untaken(queueId(project, folder))) > 0;
  } finally {
    await server.close();
  }
}
