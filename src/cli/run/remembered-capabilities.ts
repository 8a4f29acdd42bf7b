import { dirname } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import { parseJson } from "../../files/plain-data.ts";
import { decodeText, readFileIfAny } from "../../files/read-file.ts";
import { ensureFolder, type Workspace } from "../../files/workspace.ts";
import { capabilities, type Capabilities } from "../../llm/capabilities.ts";

const remembered = z.record(z.string(), capabilities);

/** What was learned about an endpoint and model in earlier runs, in `outputs/endpoints.json`. */
export function rememberedCapabilities(
  workspace: Workspace,
  name: string,
): { readonly known: Capabilities | undefined; readonly remember: (learned: Capabilities) => void } {
  const path = workspace.endpoints;
  const all = readAll(path);
  return {
    known: Object.hasOwn(all, name) ? all[name] : undefined,
    remember: (learned) => {
      ensureFolder(dirname(path));
      const text = JSON.stringify({ ...readAll(path), [name]: learned }, null, 2);
      writeFileAtomic(path, new TextEncoder().encode(`${text}\n`), { durable: false });
    },
  };
}

// A file that cannot be read is as good as none: what it held is learned again.
function readAll(path: string): Readonly<Record<string, Capabilities>> {
  const text = decodeText(readFileIfAny(path) ?? new Uint8Array());
  try {
    const parsed = remembered.safeParse(parseJson(text ?? ""));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
