import { htmlToText } from "../submissions/html-to-text.ts";
import type { ImportedRubric, ImportFault, RubricImport } from "./imported-rubric.ts";
import { readMarkScheme } from "./mark-scheme.ts";
import { childrenNamed, elementsBelow, readXml, textAt, type XmlElement } from "./xml-tree.ts";

/**
 * Reads rubrics that Moodle wrote: those of advanced grading (`grading.xml` of a backup), and mark schemes that stand as
 * information for graders in essay questions of a Moodle XML export.
 */
export function readMoodleRubrics(text: string): RubricImport {
  const reading = readXml(text);
  if (reading.status === "broken") return { rubrics: [], faults: [reading] };
  const { root } = reading;
  const isExport = root.name === "quiz";
  const parts = isExport ? essaysOf(root) : elementsBelow(root, "definition").filter(isRubric);
  if (parts.length === 0) {
    const what = isExport ? "no essay question" : "neither a quiz nor a definition of a rubric";
    return { rubrics: [], faults: [{ line: root.line, reason: `there is ${what} in it` }] };
  }
  const read = parts.map(isExport ? essayRubric : definedRubric);
  return {
    rubrics: read.flatMap((each) => ("reason" in each ? [] : [each])),
    faults: read.flatMap((each) => ("reason" in each ? [each] : [])),
  };
}

function essaysOf(quiz: XmlElement): readonly XmlElement[] {
  return childrenNamed(quiz, "question").filter(
    (question) => question.attributes.get("type") === "essay" && textAt(question, "graderinfo", "text") !== "",
  );
}

function essayRubric(question: XmlElement): ImportedRubric | ImportFault {
  const name = textAt(question, "name", "text");
  const scheme = readMarkScheme(htmlToText(textAt(question, "graderinfo", "text")));
  if (scheme.criteria.length === 0) {
    const reason = `"${name}": no line of the information for graders ends in points, as in "names the cause (2 points)"`;
    return { line: question.line, reason };
  }
  const asked = htmlToText(textAt(question, "questiontext", "text"));
  return {
    name,
    asks: [textAt(question, "idnumber"), asked, name].filter((one) => one !== ""),
    ...scheme,
    notCarried: [],
  };
}

function isRubric(definition: XmlElement): boolean {
  return childrenNamed(definition, "rubric").length > 0;
}

function definedRubric(definition: XmlElement): ImportedRubric | ImportFault {
  const name = textAt(definition, "name");
  const criteria = elementsBelow(definition, "criterion");
  const scores = criteria.flatMap((criterion) => elementsBelow(criterion, "level"));
  const bad = scores.find((level) => Number.isNaN(scoreOf(level)));
  if (bad !== undefined) return { line: bad.line, reason: `"${name}": the score of a level is no number` };
  if (criteria.length === 0) return { line: definition.line, reason: `"${name}" has no criteria` };
  return {
    name,
    asks: [name],
    guidelines: textOf(textAt(definition, "description")),
    criteria: criteria.map((criterion) => {
      const text = textOf(textAt(criterion, "description"));
      return {
        name: text,
        text: "",
        levels: elementsBelow(criterion, "level").map((level) => {
          return { name: "", text: textOf(textAt(level, "definition")), points: scoreOf(level) };
        }),
      };
    }),
    notCarried: textAt(definition, "options") === "" ? [] : ["what candidates and graders are shown (options)"],
  };
}

function textOf(html: string): string {
  return htmlToText(html).replace(/\s+/g, " ").trim();
}

function scoreOf(level: XmlElement): number {
  const score = textAt(level, "score");
  return /^-?\d+(?:\.\d+)?$/.test(score) ? Number(score) : Number.NaN;
}
