import { type Identity, identityOf } from "./identity.ts";
import type { Redactor } from "./redact.ts";

const ENDING = /(\.[a-z0-9]{1,8})?$/i;

/** A path in which folders and files that are called after a candidate have the candidate's code for a name. */
export function pathWithoutName(path: string, own: Identity, code: string, redact: Redactor): string {
  const isTelling = (name: string): boolean => {
    if (identityOf({ label: name })?.key === own.key) return true;
    // Names of files have blanks and capitals of their own.
    const { names, emails } = redact(name.replaceAll("_", " ").toUpperCase(), own).replaced;
    return names + emails > 0;
  };
  return path
    .split("/")
    .map((name) => {
      const [ending = ""] = ENDING.exec(name) ?? [];
      const stem = name.slice(0, name.length - ending.length);
      if (isTelling(stem)) return `${code}${ending}`;
      return isTelling(name) ? code : name;
    })
    .join("/");
}
