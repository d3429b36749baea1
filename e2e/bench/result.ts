/** One line of the table. `target` is told in words where it is no figure of its own. */
export interface Result {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly met: boolean;
}

/** What is only told, not judged. */
export function told(bench: string, figure: string, value: number, unit: string): Result {
  return { bench, figure, value: rounded(value), unit, target: "", met: true };
}

export function atMost(bench: string, figure: string, value: number, unit: string, limit: number): Result {
  return { bench, figure, value: rounded(value), unit, target: `<= ${limit}`, met: value <= limit };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** Three digits that mean something. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
