/** Where rubrics can be imported from. */
export const RUBRIC_SOURCES = ["canvas", "ora", "moodle"] as const;
export type RubricSource = (typeof RUBRIC_SOURCES)[number];
