import type { EXIT } from "../../core/errors.ts";

export const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "done, and nothing is open",
  open: "done, but items failed, wait for a person, or were found by a check",
  couldNotRun: "could not run: command line, configuration, credentials",
  resumable: "stopped by a budget, a long rate limit or a batch in flight: `answerkey resume` goes on",
  interrupted: "interrupted by Ctrl-C; what was paid for is kept",
};

/** What the tool reads and writes below a project folder. */
export const FILES: readonly (readonly [path: string, words: string])[] = [
  ["answerkey.config.yaml", "which files are banks, their layouts, defaults of `fill` and `grade`"],
  ["answerkey.schema.json", "what editors check that file with; written by `init`"],
  [".env", "the key, where it does not stand in the environment; never commit it"],
  ["questions/", "banks, where the configuration names none"],
  ["<bank folder>/sources/*.md", "notes that ground drafts"],
  ["<bank folder>/rubrics/<id>.rubric.yaml", "rubrics (also `.json` and `.md`)"],
  ["prompts/<task>.md", "prompts of your own, in place of the packaged ones"],
  ["outputs/proposals/<bank path>/<id>.md", "one draft each, to be reviewed"],
  ["outputs/superseded/", "earlier revisions of proposals"],
  ["outputs/decisions.jsonl", "who decided what; each line chained to the one before"],
  ["outputs/runs/<run>/journal.jsonl", "every reply, written before anything else happens with it"],
  ["outputs/runs/<run>/summary.json", "what the run came to"],
  ["outputs/runs/<run>/batches/", "batches in flight"],
  ["outputs/grades/<set>/records.jsonl", "grades, overrides, labels; each line chained to the one before"],
  ["outputs/grades/<set>/candidates.json", "which code stands for whom; readable by its owner only"],
  ["outputs/grades/<set>/report.html", "the report; beside it sheets and tables"],
  ["outputs/endpoints.json", "what was learned about endpoints"],
  ["outputs/locks/", "who is at work here"],
];

/** Every variable that the process environment is asked for. */
export const VARIABLES: Readonly<Record<string, string>> = {
  OPENAI_API_KEY: "the key of the endpoint",
  OPENAI_BASE_URL: "an OpenAI-compatible endpoint; `--base-url` wins",
  OPENAI_MODEL: "the model; `--model` and the configuration win",
  ANSWERKEY_DATABASE_URL: "PostgreSQL of the queue engine; read from the environment only, never from `.env`",
  OTEL_EXPORTER_OTLP_ENDPOINT:
    "read by the OpenTelemetry SDK that you set up; where there is none, a run says how to set one up",
  NO_COLOR: "no colours, where set to anything",
  FORCE_COLOR: "colours also where the output is no terminal; `0`: none",
  CI: "no progress that redraws itself, and no browser",
  ACCESSIBLE: "the terminal review asks by numbered lines and redraws nothing",
  TERM: "the kind of terminal",
  VISUAL: "the editor for drafts",
  EDITOR: "the same, where VISUAL is not set",
  REVIEW_DIFF_TOOL: "a viewer of differences for the terminal review",
  USER: "who decides, where neither `--by` nor git says",
  USERNAME: "the same on Windows",
  DISPLAY: "a browser is opened only where there is a display",
  WAYLAND_DISPLAY: "the same",
  SOURCE_DATE_EPOCH: "the time that is written down, in seconds; makes runs reproducible to the byte",
};
