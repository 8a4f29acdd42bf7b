import { z } from "zod";

/** A {@link Hash} in a file: `sha256:` and 64 hex digits. */
export const hashValue = z.templateLiteral(["sha256:", z.string().regex(/^[0-9a-f]{64}$/)]);
