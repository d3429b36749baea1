import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const SHARED = process.env.PEERGLASS_SHARED ?? join(ROOT, "../shared");

/** Captures of real devices, which are kept beside the repository: tests that need them are skipped without. */
export interface Captures {
  readonly found: boolean;
  /** For the name of a skipped test: what is missing and where. */
  readonly without: string;
  text(path: string): string;
  /** All of them; none where the folder is missing. */
  paths(): readonly string[];
}

/** @param folder below the shared folder: `fixtures/cisco-nxapi` */
export function capturesOf(folder: string): Captures {
  const root = join(SHARED, folder);
  const found = existsSync(root);
  return {
    found,
    without: found ? "" : ` (no captures at ${relative(ROOT, root)}; PEERGLASS_SHARED overrides ../shared)`,
    text: (path) => readFileSync(join(root, path), "utf8"),
    paths: () =>
      found
        ? readdirSync(root, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => relative(root, join(entry.parentPath, entry.name)))
            .sort()
        : [],
  };
}
