import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");
const SHARED = join(process.env.PEERGLASS_SHARED ?? join(ROOT, "../shared"), "fixtures/frr");

export const NO_SHARED: string | undefined = existsSync(SHARED)
  ? undefined
  : `no captures at ${relative(ROOT, SHARED)} (PEERGLASS_SHARED overrides ../shared)`;

/** A capture of tests, by its path below `fixtures/frr` of the shared folder. */
export function sharedCapture(path: string): string {
  return readFileSync(join(SHARED, path), "utf8");
}

/** Paths of all captures; empty where the shared folder is missing. */
export function sharedCaptures(): string[] {
  if (NO_SHARED !== undefined) return [];
  return readdirSync(SHARED, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(SHARED, join(entry.parentPath, entry.name)))
    .sort();
}

/** A capture of our own, of `fixtures/two-speakers`. */
export function ownCapture(name: string): string {
  return readFileSync(join(import.meta.dirname, "fixtures/two-speakers", name), "utf8");
}
