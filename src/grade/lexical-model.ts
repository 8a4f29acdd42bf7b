import { sha256Hex } from "../core/hash.ts";
import type { LexicalFeatures } from "./lexical-features.ts";

/** An answer whose mark is known, as a share of full marks. */
export interface MarkedFeatures {
  readonly features: LexicalFeatures;
  readonly share: number;
}

/** A straight line through the columns of {@link columnsOf}. */
export interface LexicalModel {
  readonly constant: number;
  readonly weights: readonly number[];
}

/** Keeps columns that say the same from running away from each other; in units of one row. */
const RIDGE = 1;

/** Coverage enters straight and as its root, so that the fit may rise fast at first and flatten out. */
function columnsOf({ coverage, letters, length }: LexicalFeatures): readonly number[] {
  return [coverage, Math.sqrt(coverage), letters, Math.sqrt(length)];
}

/**
 * Ridge regression (Hoerl and Kennard 1970) of marks on standardised columns. Without rows it predicts one half.
 * What it predicts is the lexical baseline that a judge should beat.
 */
export function fitLexical(rows: readonly MarkedFeatures[]): LexicalModel {
  const columns = transpose(rows.map((row) => columnsOf(row.features)));
  const means = columns.map(mean);
  const spreads = columns.map((column, index) => spread(column, means[index] ?? 0));
  const scaled = columns.map((column, index) =>
    column.map((value) => (value - (means[index] ?? 0)) / (spreads[index] ?? 1)),
  );
  const shares = rows.map((row) => row.share);
  const centre = rows.length === 0 ? 0.5 : mean(shares);
  const products = scaled.map((left, row) =>
    scaled.map((right, column) => dot(left, right) + (row === column ? RIDGE : 0)),
  );
  const targets = scaled.map((column) => dot(column, shares) - sum(column) * centre);
  const weights = solve(products, targets).map((weight, index) => weight / (spreads[index] ?? 1));
  return { weights, constant: centre - dot(weights, means) };
}

/** As a share of full marks, 0 to 1. */
export function predictLexical({ constant, weights }: LexicalModel, features: LexicalFeatures): number {
  return Math.max(0, Math.min(1, constant + dot(weights, columnsOf(features))));
}

/**
 * Predicts each row by a model fitted on the other half. The `unit` of a row (its candidate, say) decides its half, by hash, so
 * that rows that belong together never stand on both sides.
 */
export function crossFitLexical(rows: readonly (MarkedFeatures & { readonly unit: string })[]): readonly number[] {
  const halves = rows.map((row) => halfOf(row.unit));
  const models = [0, 1].map((half) => fitLexical(rows.filter((_, index) => halves[index] !== half)));
  return rows.map((row, index) => predictLexical(models[halves[index] ?? 0] ?? EVEN, row.features));
}

const EVEN: LexicalModel = { constant: 0.5, weights: [] };

function halfOf(unit: string): number {
  return Number.parseInt(sha256Hex(unit).slice(0, 2), 16) % 2;
}

/** Solves a symmetric, positive definite system by Cholesky's decomposition, A = L · Lᵀ. */
function solve(matrix: readonly (readonly number[])[], target: readonly number[]): readonly number[] {
  const lower: number[][] = [];
  for (const [row, values] of matrix.entries()) {
    const current: number[] = [];
    lower.push(current);
    for (const [column, other] of lower.entries()) {
      const rest = (values[column] ?? 0) - dot(current, other.slice(0, column));
      current.push(column === row ? Math.sqrt(rest) : rest / (other[column] ?? 1));
    }
  }
  const forward: number[] = [];
  for (const [row, values] of lower.entries()) {
    forward.push(((target[row] ?? 0) - dot(forward, values)) / (values[row] ?? 1));
  }
  const solution: number[] = Array.from(forward, () => 0);
  for (let row = forward.length - 1; row >= 0; row--) {
    const below = lower.map((values) => values[row] ?? 0);
    solution[row] = ((forward[row] ?? 0) - dot(below.slice(row + 1), solution.slice(row + 1))) / (below[row] ?? 1);
  }
  return solution;
}

function transpose(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

/** Sum of products, as far as both reach. */
function dot(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length);
  let total = 0;
  for (let index = 0; index < length; index++) total += (left[index] ?? 0) * (right[index] ?? 0);
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / Math.max(1, values.length);
}

/** Standard deviation; 1 for a column that never changes, which then weighs nothing. */
function spread(values: readonly number[], centre: number): number {
  const variance = mean(values.map((value) => (value - centre) ** 2));
  return variance < 1e-12 ? 1 : Math.sqrt(variance);
}
