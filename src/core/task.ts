import type { z } from "zod";

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface Sampling {
  readonly temperature?: number | undefined;
  readonly reasoningEffort?: "minimal" | "low" | "medium" | "high" | undefined;
}

/** One structured question to a model. `input` is what the messages were rendered from; the offline provider reads it. */
export interface Task<Output> {
  /** `draft`, `critique`, `revise`: also the name of the prompt file and of the schema on the wire. */
  readonly name: string;
  readonly input: unknown;
  readonly messages: readonly Message[];
  readonly schema: z.ZodType<Output>;
  readonly maxOutputTokens: number;
  readonly sampling: Sampling;
  /** True for a task that goes on with what another began: it goes ahead of those that begin something. */
  readonly isFollowUp?: boolean | undefined;
  /** The item of the run that it is asked for, where one is told; no part of what is asked. */
  readonly item?: string | undefined;
  /** 0 for the first draft of a question; raised by one for each `--redo`, so that a redo is a new request. */
  readonly sample: number;
}
