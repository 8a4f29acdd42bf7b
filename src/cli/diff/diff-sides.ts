import type { Proposal } from "../../bank/proposal.ts";
import { hashOf } from "../../core/hash.ts";
import { readCandidateCodes } from "../../files/candidate-codes.ts";
import { listGradeSets, type GradeSet } from "../../files/grade-set.ts";
import { listSuperseded, openProposalStore } from "../../files/proposal-store.ts";
import { foldGradeLog, type CurrentGrade } from "../../grade/records/grade-log.ts";
import { openGradeLog, readGrades, type GradeLine } from "../grade/grade-store.ts";
import type { Project } from "../open-project.ts";

/** What a name on the command line stands for: drafts of a run, one revision of a draft, or grades of a set or a run. */
export type Side =
  | { readonly kind: "drafts"; readonly name: string; readonly drafts: ReadonlyMap<string, Proposal> }
  | {
      readonly kind: "grades";
      readonly name: string;
      readonly set: string;
      readonly grades: readonly CurrentGrade[];
      /** What the sources call a candidate, and the name beside it, by code. */
      readonly calls: ReadonlyMap<string, readonly string[]>;
    };

/** Everything that names can stand for. Made once for both names. */
export interface Sides {
  /** A name may stand for drafts and for grades, and in several sets. */
  find(name: string): readonly Side[];
  /** Names of runs and sets; revisions are named after an id. */
  readonly names: readonly string[];
}

const REVISION = /^(.+)@r(\d+)$/;

export function openSides(project: Project): Sides {
  const drafts = allDrafts(project);
  const sets = listGradeSets(project.workspace).map((set) => openSet(project, set));
  const runs = drafts.map(({ header }) => header.run.id);
  const gradingRuns = sets.flatMap(({ lines }) => lines.flatMap(({ entry }) => runOf(entry) ?? []));
  return {
    names: [...new Set([...sets.map(({ set }) => set.name), ...runs, ...gradingRuns])],
    find(name) {
      const revision = REVISION.exec(name);
      if (revision !== null) return revisionOf(drafts, name, revision[1] ?? "", Number(revision[2]));
      const own = drafts.filter(({ header }) => header.run.id === name);
      const ofRun: readonly Side[] = own.length === 0 ? [] : [{ kind: "drafts", name, drafts: byPlace(own) }];
      return [...ofRun, ...sets.flatMap((set) => gradesNamed(set, name))];
    },
  };
}

/** Drafts as they were made come before what a person made of them. */
function allDrafts({ workspace }: Project): readonly Proposal[] {
  const present = openProposalStore(workspace).list();
  const all = [...present.proposals.map(({ proposal }) => proposal), ...listSuperseded(workspace)];
  return [...all.filter(isGenerated), ...all.filter((draft) => !isGenerated(draft))];
}

function isGenerated({ header, body }: Proposal): boolean {
  return hashOf(body) === header.content_hash;
}

function byPlace(drafts: readonly Proposal[]): ReadonlyMap<string, Proposal> {
  const places = new Map<string, Proposal>();
  for (const draft of drafts) {
    const key = `${draft.header.source.path} ${draft.header.id}`;
    if (!places.has(key)) places.set(key, draft);
  }
  return places;
}

/** Under one key, so that any two revisions stand side by side. */
function revisionOf(drafts: readonly Proposal[], name: string, id: string, revision: number): readonly Side[] {
  const found = drafts.find(({ header }) => header.id === id && header.revision === revision);
  return found === undefined ? [] : [{ kind: "drafts", name, drafts: new Map([["", found]]) }];
}

interface OpenSet {
  readonly set: GradeSet;
  readonly lines: readonly GradeLine[];
  readonly grades: readonly CurrentGrade[];
  readonly calls: ReadonlyMap<string, readonly string[]>;
}

function openSet(project: Project, set: GradeSet): OpenSet {
  const log = openGradeLog(project, set);
  const { codes, names } = readCandidateCodes(set.candidates);
  return {
    set,
    lines: log.readAll(),
    grades: [...readGrades(log).grades.values()],
    calls: new Map(Array.from(codes, ([identity, code]) => [code, [identity, names.get(code) ?? []].flat()] as const)),
  };
}

/** A set as it is now, or what one run of it said, before anybody else did. */
function gradesNamed({ set, lines, grades, calls }: OpenSet, name: string): readonly Side[] {
  const side = { kind: "grades", name, set: set.name, calls } as const;
  if (set.name === name) return [{ ...side, grades }];
  const own = lines.filter(({ entry }) => runOf(entry) === name);
  return own.length === 0 ? [] : [{ ...side, grades: [...foldGradeLog(own).grades.values()] }];
}

function runOf(entry: GradeLine["entry"]): string | undefined {
  return entry.type === "grade" ? entry.run.id : undefined;
}
