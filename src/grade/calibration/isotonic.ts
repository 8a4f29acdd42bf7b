/** A measured value and what it should have been. */
export interface Observation {
  readonly x: number;
  readonly y: number;
}

interface Block {
  readonly n: number;
  readonly sumX: number;
  readonly sumY: number;
}

/**
 * The never-falling step function nearest to the observations by least squares (pool adjacent violators: Ayer et al. 1955,
 * Annals of Mathematical Statistics 26:641), as one knot a step at the means of what was pooled in it. Ascending in x, and
 * strictly so in y; none where there are no observations.
 */
export function fitIsotonic(observations: readonly Observation[]): readonly Observation[] {
  const blocks: Block[] = [];
  for (const next of equalBlocks(observations)) {
    let pooled = next;
    for (let last = blocks.at(-1); last !== undefined && meanY(last) >= meanY(pooled); last = blocks.at(-1)) {
      pooled = merge(last, pooled);
      blocks.pop();
    }
    blocks.push(pooled);
  }
  return blocks.map((block) => ({ x: block.sumX / block.n, y: meanY(block) }));
}

/** The straight line between the two knots around `x`; level beyond the first and the last. */
export function interpolate(knots: readonly Observation[], x: number): number {
  const at = knots.findIndex((knot) => knot.x >= x);
  const after = at === -1 ? knots.at(-1) : knots[at];
  const before = at > 0 ? knots[at - 1] : undefined;
  if (after === undefined) throw new RangeError("a map needs one knot at least");
  if (before === undefined || at === -1) return after.y;
  return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
}

/** One block for all observations of one x, ascending. */
function equalBlocks(observations: readonly Observation[]): readonly Block[] {
  const blocks = new Map<number, Block>();
  for (const { x, y } of observations.toSorted((left, right) => left.x - right.x)) {
    blocks.set(x, merge(blocks.get(x) ?? { n: 0, sumX: 0, sumY: 0 }, { n: 1, sumX: x, sumY: y }));
  }
  return [...blocks.values()];
}

function merge(left: Block, right: Block): Block {
  return { n: left.n + right.n, sumX: left.sumX + right.sumX, sumY: left.sumY + right.sumY };
}

function meanY({ n, sumY }: Block): number {
  return sumY / n;
}
