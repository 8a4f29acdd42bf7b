import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isListed } from "../../bank/bank-config.ts";
import { messageOf } from "../../core/messages.ts";
import { faultCause } from "../../files/file-error.ts";
import { decodeText, readFileIfAny } from "../../files/read-file.ts";
import { promptFor, compileTask } from "../../prompt/task-maker.ts";
import { fail, ok, warn, type Check } from "./doctor-check.ts";
import { modelSettings } from "./doctor-provider.ts";
import { plural } from "../format.ts";
import { SCHEMA_FILE } from "./init-config.ts";
import { schemaText } from "./init-schema.ts";
import { takeUp } from "./init-show.ts";
import { pathPattern } from "./init-pattern.ts";
import { isBank, nearMissesIn, surveyFolder, unfilledOf } from "./init-survey.ts";
import type { Project } from "../open-project.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { promptOf } from "../run/prompt-folders.ts";
import { readDiagnosed } from "../read-bank.ts";

export function checkConfig({ config: { path, root } }: Project): readonly Check[] {
  if (path === undefined) {
    return [
      ok(
        "project",
        `${root}, without answerkey.config.yaml: banks are looked for in questions/`,
        "answerkey init sets one up",
      ),
    ];
  }
  return [ok("project", `${path} is valid`), ...checkSchema(root)];
}

/** A file that an older version wrote tells editors less, or something else, than is true now. */
function checkSchema(root: string): readonly Check[] {
  const text = decodeText(readFileIfAny(join(root, SCHEMA_FILE)) ?? new Uint8Array());
  if (text === "" || text === schemaText()) return [];
  return [
    warn("project", `${SCHEMA_FILE} is of another version`, `remove it, and answerkey init --yes writes it again`),
  ];
}

const MOST = 5;
const LOOK_FOR_BANKS = "answerkey init --dry-run shows what is here, and what came near";

export function checkBanks(project: Project): readonly Check[] {
  const { config } = project;
  if (config.banks.banks.length === 0 && !existsSync(join(config.root, "questions"))) {
    return [warn("banks", "there is no folder questions/, and no configuration names other files", LOOK_FOR_BANKS)];
  }
  const { files } = readDiagnosed(project, []);
  const banks = files.filter(isBank);
  const questions = banks.reduce((sum, file) => sum + file.questions.length, 0);
  const unfilled = banks.reduce((sum, file) => sum + unfilledOf(file), 0);
  const says = `${plural(questions, "question")} in ${plural(banks.length, "file")}, ${unfilled} unfilled`;
  const faults = banks.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === "error"));
  return [
    banks.length === 0 ? warn("banks", "no question was found", LOOK_FOR_BANKS) : ok("banks", says),
    ...faults
      .slice(0, MOST)
      .map((fault) => warn("banks", `${fault.path}:${fault.line}: ${messageOf(fault)}`, "mend it there")),
    ...unlisted(project),
    ...nearMissesIn(files, config.banks)
      .slice(0, MOST)
      .map((miss) =>
        warn(
          "banks",
          `${miss.path}:${miss.line}: ${miss.questions} that might be questions are not taken, ${miss.asking} of them asking`,
          `if they are, write under banks: ${takeUp(miss)}`,
        ),
      ),
  ];
}

/** Banks that came after the configuration: no entry of it names them, so no command sees them. */
function unlisted({ config: { root, banks } }: Project): readonly Check[] {
  if (banks.banks.length === 0) return [];
  const { files } = surveyFolder(root, { ...banks, banks: [] });
  const left = files.filter((file) => isBank(file) && !isListed(file.path, banks));
  const [first] = left;
  if (first === undefined) return [];
  const others = left.length === 1 ? "" : ` and ${plural(left.length - 1, "other file")}`;
  return [
    warn(
      "banks",
      `no entry of banks: takes in ${first.path}${others}, where questions seem to be`,
      `if they are to be read, add: - { files: [${JSON.stringify(pathPattern(first.path))}] }`,
    ),
  ];
}

export function checkPrompts(project: Project): readonly Check[] {
  const { prompts: folder } = modelSettings(project);
  const tasks = readdirSync(`${PACKAGE_ROOT}prompts`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.slice(0, -3));
  const read = tasks.map((task) => {
    const file = promptOf(project, folder, task);
    compileTask(promptFor(task, file));
    return { task, isOwn: !file.path.startsWith(PACKAGE_ROOT) };
  });
  const own = read.filter(({ isOwn }) => isOwn).map(({ task }) => task);
  const words = own.length === 0 ? "as packaged" : `${own.join(", ")} of your own, the others as packaged`;
  return [ok("prompts", `${plural(read.length, "prompt")} can be read: ${words}`)];
}

/** Asked of the deepest folder that is there; nothing is written. */
export function checkOutputs({ workspace: { root } }: Project): readonly Check[] {
  let folder = join(root, "outputs");
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const shown = relative(root, folder);
    return [ok("outputs", shown === "" ? "outputs/ can be made" : "outputs/ can be written")];
  } catch (error) {
    return [
      fail(
        "outputs",
        `nothing can be written in ${folder}: ${faultCause(error)}`,
        "check the permissions, or work on a copy",
      ),
    ];
  }
}
