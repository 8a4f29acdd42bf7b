/**
 * JSON with object keys sorted at every depth and no blanks, so that equal values have equal text and equal hashes.
 * Properties that are `undefined` are left out, as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? "null";
  let members = "";
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Places of a list first and by number, as every object lists them; then the names. */
function sortedKeys(record: Record<string, unknown>): readonly string[] {
  const keys = Object.keys(record);
  const places = keys.findIndex((key) => !isPlace(key));
  if (places <= 0) return places === 0 ? keys.toSorted() : keys;
  return [...keys.slice(0, places), ...keys.slice(places).toSorted()];
}

const LAST_PLACE = 2 ** 32 - 2;

function isPlace(key: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key) && Number(key) <= LAST_PLACE;
}
