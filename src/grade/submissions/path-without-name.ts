import { type Identity, identityOf } from "./identity.ts";

const ENDING = /(\.[a-z0-9]{1,8})?$/i;

/** A path in which folders and files that are called after a candidate have the candidate's code for a name. */
export function pathWithoutName(path: string, { key }: Pick<Identity, "key">, code: string): string {
  return path
    .split("/")
    .map((name) => {
      if (identityOf({ label: name })?.key === key) return code;
      const [ending = ""] = ENDING.exec(name) ?? [];
      const stem = name.slice(0, name.length - ending.length);
      return identityOf({ label: stem })?.key === key ? `${code}${ending}` : name;
    })
    .join("/");
}
