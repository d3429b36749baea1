import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Captures of real switches, which are kept beside the repository: tests that need them are skipped without. */
const root = join(
  process.env.PEERGLASS_SHARED ?? resolve(import.meta.dirname, "../../../../shared"),
  "fixtures/arista-eapi",
);

export const captures = { found: existsSync(root), without: `captures of EOS not found at ${root}` };

export function capture(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function capturePaths(): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|txt)$/.test(path))
    .sort();
}

const FIXTURES = join(import.meta.dirname, "fixtures");

/** An answer of our own stories. */
export function story(name: string, command: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, name, `${command.replaceAll(" ", "-")}.json`), "utf8"));
}
