import type { ExitCode } from "../core/errors.ts";
export async function run(): Promise<ExitCode> {
  return 0;
}
