import { UserError } from "../core/errors.ts";
import type { Provider, ProviderRequest, Reply } from "../core/model.ts";
import type { RecordLog, RecordPlace } from "../core/record-log.ts";
import { journalRecord, type PlanRecord, type ResultRecord, resultRecord } from "./journal-records.ts";

const FINISHES = {
  ok: "complete",
  invalid: "complete",
  refused: "refused",
  filtered: "filtered",
  truncated: "length",
} as const;

/**
 * Replays what earlier runs were answered. It carries the name, endpoint and model of the recording, because they are
 * part of the keys by which replies are found; a request that was never recorded fails by itself.
 * @throws UserError where the logs hold no run.
 */
export function recordedProvider(logs: readonly RecordLog[]): Provider {
  const places = new Map<string, { readonly log: RecordLog; readonly place: RecordPlace }>();
  let plan: PlanRecord | undefined;
  for (const log of logs) {
    log.scan((raw, place) => {
      const { success, data } = journalRecord.safeParse(raw);
      if (success && data.type === "plan") plan = data;
      if (success && data.type === "result") places.set(data.key, { log, place });
    });
  }
  if (plan === undefined) throw new UserError("there is no recorded run to replay", { hint: "name an earlier run" });
  const { provider: name, endpoint, model } = plan;
  return {
    name,
    endpoint,
    model,
    send: ({ key }: ProviderRequest): Promise<Reply> => {
      const found = places.get(key);
      return Promise.resolve(
        found === undefined ? NOT_RECORDED : replay(resultRecord.parse(found.log.read(found.place))),
      );
    },
  };
}

const NOT_RECORDED: Reply = {
  kind: "failure",
  failure: { scope: "item", message: "no reply to this request was recorded" },
};

function replay({ status, text, format, usage, modelAnswered, responseIds }: ResultRecord): Reply {
  const responseId = responseIds.at(-1);
  return { kind: "completion", finish: FINISHES[status], text, format, usage, modelAnswered, responseId };
}
