import { z } from "zod";

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });
/** The longest lists of gateways have some hundred kilobytes; whoever sends more is not listing models. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The models that an endpoint lists; undefined where its reply is no such list. A reply that breaks off or does not end in
 * time is thrown as what ended it.
 */
export async function listedModels(response: Response): Promise<readonly string[] | undefined> {
  const text = await textOf(response);
  try {
    return modelList.parse(JSON.parse(text)).data.map(({ id }) => id);
  } catch {
    return undefined;
  }
}

/** No more than a list can have: what answers at a usual port may be anything, also something that never ends. */
async function textOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES) return "";
  }
  return Buffer.concat(parts).toString("utf8");
}
