const STARTED = /^(\d{4}-\d{2}-\d{2})t(\d{2})-(\d{2})-(\d{2})z/;
const HOUR = 3_600_000;

/** How long ago a run started, by its id; undefined for ids that do not say. */
export function ageOf(runId: string, now: number): string | undefined {
  const [, day, hours, minutes, seconds] = STARTED.exec(runId) ?? [];
  const age = now - Date.parse(`${day ?? ""}T${hours ?? ""}:${minutes ?? ""}:${seconds ?? ""}Z`);
  if (!(age >= 0)) return undefined;
  if (age < 60_000) return "just drafted";
  if (age < HOUR) return `${Math.floor(age / 60_000)} min old`;
  return age < 48 * HOUR ? `${Math.floor(age / HOUR)} h old` : `${Math.floor(age / (24 * HOUR))} days old`;
}
