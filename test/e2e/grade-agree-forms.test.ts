import { expect, test } from "vitest";
import { ANSWERS, EXAM, offlineProject, setFiles, THREE_CANDIDATES } from "./grading-project.ts";

const [QUEUE, INDEX] = EXAM;
const OFFLINE = ["grade", ANSWERS, "--provider", "offline"] as const;
const HEADER = "rater,candidate,question,criterion,level,points";
const MARKS = [HEADER, `r-1,c-001,${QUEUE.id},,,6`, `r-1,c-002,${INDEX.id},,,1`, `r-1,c-003,${QUEUE.id},,,3`].join(
  "\n",
);

test("grade agree fits a screen, and --full holds every figure of it", async () => {
  const { call } = offlineProject({ ...THREE_CANDIDATES, "marks.csv": MARKS });
  await call(...OFFLINE);
  const [short, full] = [
    await call("grade", "agree", "marks.csv"),
    await call("grade", "agree", "marks.csv", "--full"),
  ];
  const lines = short.out.split("\n");
  expect(lines.filter((line) => /^Q|^--full|: --full$|^By/.test(line)).map((line) => line.split(" ")[0])).toEqual([
    "By",
    ...[
      { id: QUEUE.id, label: "Q1" },
      { id: INDEX.id, label: "Q2" },
    ]
      .toSorted((left, right) => (left.id < right.id ? -1 : 1))
      .map(({ label }) => label),
    "all",
  ]);
  expect(lines.length).toBeLessThan(45);
  expect(full.out.split("\n").length).toBeGreaterThan(60);
  // Each thing that is to be heeded is said once.
  const warnings = lines.filter((line) => line.startsWith("!"));
  expect(new Set(warnings).size).toBe(warnings.length);
});

test("a file without a mark of any answer here is told and not remembered; alone it is refused", async () => {
  const { cwd, call } = offlineProject({
    ...THREE_CANDIDATES,
    "marks.csv": MARKS,
    "others.csv": [HEADER, `r-1,c-900,${QUEUE.id},,,6`].join("\n"),
    "none.csv": "rater,candidate,question,points\n",
  });
  await call(...OFFLINE);
  const mixed = await call("grade", "agree", "marks.csv", "others.csv", "none.csv");
  expect(mixed.err.split("\n").filter((line) => line.includes("remembered"))).toEqual([
    "others.csv: no mark of an answer of this set; it is not remembered",
    "none.csv: no mark of an answer of this set; it is not remembered",
  ]);
  expect(JSON.parse(setFiles(cwd)["settings.json"] ?? "")).toMatchObject({ marks: ["marks.csv"] });
  const before = setFiles(cwd);
  const refused = [await call("grade", "agree", "others.csv"), await call("grade", "agree", "none.csv")];
  expect(refused.map(({ code, err }) => `${code} ${err.split("\n").find((line) => line.startsWith("error"))}`)).toEqual(
    ["2 error: none of these marks is of an answer of this set", "2 error: there is no mark in these files"],
  );
  expect(setFiles(cwd)).toEqual(before);
});

test("without a file it takes what people said of the grades before, or says that nobody did", async () => {
  const { cwd, call } = offlineProject();
  await call(...OFFLINE);
  expect(await call("grade", "agree")).toMatchObject({
    code: 2,
    err: "error: nobody has marked any of these answers\n  name a file with marks, or give some in: answerkey review --web\n",
  });
  const by = ["--by", "ada", "--reason", "read it"];
  await call("grade", "override", "c-001", "Q1", "--mark", "5", ...by);
  await call("grade", "override", "c-002", "Q2", "--level", "writes=unmet", ...by);
  const before = setFiles(cwd);
  const agreed = await call("grade", "agree", "--json");
  expect(agreed).toMatchObject({ code: 0, err: "2 overrides among them, given with the judge's mark in sight\n" });
  expect(JSON.parse(agreed.out).coverage).toMatchObject({ marked: 2, compared: 2 });
  expect(setFiles(cwd)).toEqual(before);
});
