/**
 * JSON with object keys sorted at every depth and no blanks, so that equal values have equal text and equal hashes.
 * Properties that are `undefined` are left out, as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) => (isRecord(nested) ? sortKeys(nested) : nested));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  const sorted: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(record).toSorted()) sorted[key] = record[key];
  return sorted;
}
