import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Evidence } from "../../../lib/fabric/observation.ts";

const MAX_BYTES = 64 * 1024;

export interface RawAnswer {
  readonly command: string;
  readonly observedAt: number;
  readonly answer: unknown;
}

/**
 * What of the last answers tells of `neighbor`, or all of them, newest first: pretty-printed, cut at 64 KiB. Nothing
 * that we ask holds a key or password; should a release add one, its value is masked.
 */
export function evidenceOf(
  source: string,
  device: string,
  answers: Iterable<RawAnswer>,
  neighbor: Neighbor | undefined,
  partOf: (answer: unknown, neighbor: Neighbor) => unknown,
): Evidence[] {
  return [...answers]
    .sort((a, b) => b.observedAt - a.observedAt)
    .flatMap(({ command, observedAt, answer }) => {
      const told = neighbor ? partOf(answer, neighbor) : answer;
      if (told === undefined) return [];
      return [{ source, device, command, observedAt, ...cut(printed(told)) }];
    });
}

export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

export function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function printed(told: unknown): string {
  if (typeof told === "string") return told;
  const output = field(told, "output");
  if (typeof output === "string") return output;
  return JSON.stringify(
    told,
    (key, value: unknown) => (SECRET.test(key) && typeof value === "string" && value !== "" ? "***" : value),
    2,
  );
}

const SECRET = /password|passwd|secret|shared.?key|md5.?key|auth.?key/i;

function cut(text: string): { text: string; cutChars?: number } {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= MAX_BYTES) return { text };
  const kept = bytes
    .subarray(0, MAX_BYTES)
    .toString("utf8")
    .replace(/\uFFFD$/, "");
  return { text: kept, cutChars: text.length - kept.length };
}
