import { type Context, Liquid, LiquidError, type Template } from "liquidjs";
import { UserError } from "../core/errors.ts";
import { cleanForPrompt } from "../core/sanitise.ts";
import type { Message } from "../core/task.ts";
import { fenced, fenceName } from "./fence.ts";
import type { Prompt } from "./prompt-file.ts";

/** A prompt with its values put in. */
export interface RenderedPrompt {
  readonly messages: readonly Message[];
  /** The values as they were put in: hidden characters removed. What the task should carry as its input. */
  readonly input: unknown;
  /** How many hidden characters were removed. */
  readonly hidden: number;
}

/** Puts values into one prompt; compiled once, used for every question. */
export type PromptRenderer = (values: Readonly<Record<string, unknown>>) => RenderedPrompt;

// All a prompt needs; the rest of Liquid (files, captures, loops without end, raw output) is not there to be misused.
const TAGS = new Set(["if", "unless", "for", "assign", "comment", "break", "continue"]);
const FILTERS = new Set(["size", "first", "last", "default", "plus", "minus", "times", "divided_by", "round"]);
const LIMITS = { parseLimit: 400_000, renderLimit: 2_000, memoryLimit: 20_000_000 };

/** Marks text that may be printed: only {@link dataFilter} makes it, so nothing untrusted is printed without its fence. */
class Fenced {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Compiles a prompt. Values are inserted in one pass, so text in a question never becomes template; `{{ value | data }}` is
 * the only way to print text, lists or records, and puts them into a fence; numbers are printed as they are.
 * @throws UserError naming file and line, for a fault in the template; the renderer throws the same for a missing variable.
 */
export function compilePrompt(prompt: Prompt): PromptRenderer {
  const engine = createEngine();
  const parts = prompt.parts.map(({ role, template }) => ({
    role,
    templates: withPlace(prompt, (): Template[] => engine.parse(template, prompt.path)),
    // What has no tag is the same text for every question.
    fixed: /\{[{%]/.test(template) ? undefined : tidy(template),
  }));
  return (values) => {
    let hidden = 0;
    const input = cleanDeep(values, (count) => (hidden += count));
    const scope = isRecord(input) ? input : {};
    const options = { globals: { [FENCE]: fenceName(input) } };
    const messages = parts.map(({ role, templates, fixed }) => ({
      role,
      content: fixed ?? tidy(withPlace(prompt, (): unknown => engine.renderSync(templates, scope, options))),
    }));
    return { messages, input, hidden };
  };
}

function createEngine(): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: false,
    relativeReference: false,
    templates: {},
    outputEscape: printable,
    ...LIMITS,
  });
  for (const tag of Object.keys(engine.tags)) if (!TAGS.has(tag)) Reflect.deleteProperty(engine.tags, tag);
  for (const filter of Object.keys(engine.filters)) if (!FILTERS.has(filter)) engine.unregisterFilter(filter);
  engine.registerFilter("data", dataFilter);
  return engine;
}

const FENCE = "fence name";

function dataFilter(this: { readonly context: Context }, value: unknown): Fenced {
  return new Fenced(fenced(value, String(this.context.getSync([FENCE]))));
}

function printable(value: unknown): string {
  if (value instanceof Fenced) return value.text;
  if (typeof value === "number") return String(value);
  throw new Error("text from outside is printed only through the filter `data`");
}

/**
 * The value without hidden characters, and the value itself where there are none: what is the same for many answers is then not
 * held once for each request under way. Tells how many were removed.
 */
function cleanDeep(value: unknown, tell: (hidden: number) => void): unknown {
  if (typeof value === "string") {
    const { text, hidden } = cleanForPrompt(value);
    if (hidden > 0) tell(hidden);
    return text;
  }
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    const cleaned = entries.map((entry) => cleanDeep(entry, tell));
    return cleaned.every((entry, at) => entry === entries[at]) ? value : cleaned;
  }
  if (!isRecord(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const cleaned = cleanDeep(value[key], tell);
    if (cleaned !== value[key]) (copy ??= { ...value })[key] = cleaned;
  }
  return copy ?? value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

// Blank lines left by tags are joined; a fence never holds an empty line, since its data is JSON.
function tidy(rendered: unknown): string {
  return String(rendered)
    .replace(/\n[ \t\n]*\n/g, "\n\n")
    .trim();
}

function withPlace<Result>(prompt: Prompt, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const [line] = error.token.getPosition();
    const reason = error.message.split(", file:")[0] ?? error.message;
    throw new UserError(`${prompt.path}:${line}: ${reason}`, { cause: error });
  }
}
