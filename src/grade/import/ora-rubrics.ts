import { z } from "zod";
import { htmlToText, isRichText } from "../submissions/html-to-text.ts";
import type { ImportedCriterion, ImportedRubric, RubricImport } from "./imported-rubric.ts";
import { childrenNamed, elementsBelow, readXml, textAt, type XmlElement } from "./xml-tree.ts";

// Open Response Assessments of edX: XML of a problem (<openassessment>), or the JSON of a rubric.

/** Both spellings in one shape. */
interface OraRubric {
  readonly title: string;
  readonly prompts: readonly string[];
  readonly criteria: readonly OraCriterion[];
  readonly notCarried: readonly string[];
}

interface OraCriterion {
  readonly name: string;
  readonly label: string;
  readonly prompt: string;
  readonly feedback: string;
  readonly options: readonly {
    readonly name: string;
    readonly label: string;
    readonly explanation: string;
    readonly points: number;
  }[];
}

const name = z.string().default("");

const oraJson = z.object({
  title: name,
  prompt: name,
  prompts: z
    .array(z.union([z.string().transform((description) => ({ description })), z.object({ description: name })]))
    .default([]),
  criteria: z
    .array(
      z.object({
        name,
        label: name,
        prompt: name,
        feedback: name,
        options: z.array(z.object({ name, label: name, explanation: name, points: z.number() })),
      }),
    )
    .min(1),
  feedback_prompt: name,
  feedback_default_text: name,
});

/** Reads the rubric of an edX ORA problem from XML, or from JSON. */
export function readOraRubrics(text: string): RubricImport {
  return /^\s*\{/.test(text) ? readJson(text) : readTree(text);
}

function readJson(text: string): RubricImport {
  const read = valueOf(text);
  if (read.status === "broken") return fault(read.line, "it is not JSON");
  const parsed = oraJson.safeParse(read.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const said = [issue?.path.join("."), issue?.message.replace(/^Invalid input: /, "")].filter(Boolean).join(": ");
    return fault(1, `not a rubric of ORA: ${said}`);
  }
  const { title, prompt, prompts, criteria, ...rest } = parsed.data;
  const all = [prompt, ...prompts.map(({ description }) => description)].filter((one) => one !== "");
  const feedback = rest.feedback_prompt + rest.feedback_default_text === "" ? [] : [FEEDBACK_TEXT];
  return imported({ title, prompts: all, criteria, notCarried: feedback });
}

type ReadJson =
  | { readonly status: "read"; readonly value: unknown }
  | { readonly status: "broken"; readonly line: number };

function valueOf(text: string): ReadJson {
  try {
    return { status: "read", value: JSON.parse(text) };
  } catch (error) {
    const said = error instanceof SyntaxError ? error.message : "";
    const place = /at position (\d+)/.exec(said)?.[1];
    const before = said.includes("end of JSON") ? text.trimEnd() : text.slice(0, Number(place ?? 0));
    return { status: "broken", line: before.split("\n").length };
  }
}

const FEEDBACK_TEXT = "the prompt for comments on the answer as a whole";

function readTree(text: string): RubricImport {
  const reading = readXml(text);
  if (reading.status === "broken") return fault(reading.line, reading.reason);
  const { root } = reading;
  const [rubric] = root.name === "rubric" ? [root] : elementsBelow(root, "rubric");
  if (rubric === undefined) return fault(root.line, "there is no <rubric> in it");
  const criteria = childrenNamed(rubric, "criterion");
  const bad = criteria.flatMap((each) => childrenNamed(each, "option")).find((each) => Number.isNaN(pointsOf(each)));
  if (bad !== undefined) return fault(bad.line, "the points of an option are no number");
  return imported({
    title: textAt(root, "title"),
    prompts: promptsOf(root, rubric),
    criteria: criteria.map(criterionOf),
    notCarried: [
      ...(textAt(rubric, "feedbackprompt") + textAt(rubric, "feedback_default_text") === "" ? [] : [FEEDBACK_TEXT]),
      ...(elementsBelow(root, "assessment").length > 0 ? ["the steps of the assessment (peers, self, staff)"] : []),
    ],
  });
}

function promptsOf(root: XmlElement, rubric: XmlElement): readonly string[] {
  const listed = elementsBelow(root, "prompts").flatMap((prompts) =>
    childrenNamed(prompts, "prompt").map((prompt) => textAt(prompt, "description") || prompt.text.trim()),
  );
  return [...listed, textAt(rubric, "prompt")].filter((prompt) => prompt !== "");
}

function criterionOf(criterion: XmlElement): OraCriterion {
  return {
    name: textAt(criterion, "name"),
    label: textAt(criterion, "label"),
    prompt: textAt(criterion, "prompt"),
    feedback: criterion.attributes.get("feedback") ?? "",
    options: childrenNamed(criterion, "option").map((option) => ({
      name: textAt(option, "name"),
      label: textAt(option, "label"),
      explanation: textAt(option, "explanation"),
      points: pointsOf(option),
    })),
  };
}

function pointsOf(option: XmlElement): number {
  const points = option.attributes.get("points")?.trim() ?? "";
  return /^\d+$/.test(points) ? Number(points) : Number.NaN;
}

function imported({ title, prompts, criteria, notCarried }: OraRubric): RubricImport {
  const marked = criteria.filter(({ options }) => options.length > 0);
  if (marked.length === 0) return fault(1, "no criterion of it has options");
  const asks = prompts.map((prompt) => oneLine(isRichText(prompt) ? htmlToText(prompt) : prompt));
  const rubric: ImportedRubric = {
    name: oneLine(title || asks[0] || "rubric"),
    asks: [...asks, oneLine(title)].filter((one) => one !== ""),
    guidelines: "",
    criteria: marked.map((criterion): ImportedCriterion => ({
      name: oneLine(criterion.label || criterion.name),
      text: oneLine(criterion.prompt),
      levels: criterion.options.map(({ name: id, label, explanation, points }) => {
        return { name: oneLine(label || id), text: oneLine(explanation), points };
      }),
    })),
    notCarried: [...lostOf(criteria), ...notCarried],
  };
  return { rubrics: [rubric], faults: [] };
}

function lostOf(criteria: readonly OraCriterion[]): readonly string[] {
  return criteria.flatMap(({ name: id, label, feedback, options }) => {
    const who = oneLine(label || id);
    if (options.length === 0) return [`${who}: a criterion without points, for comments alone`];
    return feedback === "optional" || feedback === "required" ? [`${who}: a comment beside it (${feedback})`] : [];
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function fault(line: number, reason: string): RubricImport {
  return { rubrics: [], faults: [{ line, reason: reason.trim() }] };
}
