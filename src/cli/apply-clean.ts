export async function applyClean(..._a: unknown[]): Promise<number> {
  return 0;
}
