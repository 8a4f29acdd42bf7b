/** Systems whose shape of a table of grades can be written. */
export const GRADE_SYSTEMS = ["canvas", "prairielearn", "gradescope"] as const;
