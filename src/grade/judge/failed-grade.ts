import { inOrder } from "./flag-effects.ts";
import { checkFlags } from "./grade-flags.ts";
import { type GradeFinding, sampleRecords } from "./grade-record.ts";
import { countVoid } from "./judge-samples.ts";
import type { Failed } from "./judge-session.ts";
import type { GradeFlag } from "../records/record.ts";
import type { Judged } from "./settle.ts";

/** No sample counts: the judge gave credit for what no answer can hold, or no reply was fit to be read. There is no mark. */
export function failedGrade({ item, whole, masked }: Judged): GradeFinding {
  const [failure] = whole.failed;
  const isVoid = countVoid(whole) > 0;
  const flags: GradeFlag[] = [...checkFlags(item)];
  if (isVoid) flags.push("canary-credited");
  if (isVoid && failure !== undefined) flags.push("sample-failed");
  return {
    ...(isVoid || failure === undefined ? CREDULOUS : { state: stateOf(failure), reason: reasonOf(failure) }),
    mark: null,
    criteria: [],
    events: [],
    flags: inOrder(flags),
    samples: sampleRecords([...whole.taken, ...masked.taken]),
    doubt: 1,
  };
}

const CREDULOUS = {
  state: "needs-review",
  reason: "the judge gave credit for a made-up fact that no answer can hold",
} as const;

function stateOf({ status }: Failed): "refused" | "error" {
  return status === "refused" || status === "filtered" ? "refused" : "error";
}

/** In our words: what a model said may hold anything. The journal has it in full. */
function reasonOf(failure: Failed): string {
  switch (failure.status) {
    case "refused":
      return "the model declined to judge the answer";
    case "filtered":
      return "the provider's content filter stopped the reply";
    case "truncated":
      return "the reply was cut off, also with a larger limit";
    case "invalid":
      return "the reply did not fit what was asked for, also when asked again";
    case "api_error":
      return failure.failure.message;
    case "stopped_budget":
      return "the budget would have been passed";
    case "cancelled":
      return "the run was stopped first";
    default:
      return failure satisfies never;
  }
}
