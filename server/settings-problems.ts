import { type Issue, issueWords, meantIssues } from "../lib/values/issue-text.ts";
import type { JsonSchema } from "./settings-schema-json.ts";
import type { Path } from "./settings-yaml.ts";

/** What zod refuses, in words: one line each, with the path as it stands in the file. */

export interface SettingsProblem {
  readonly path: Path;
  /** The key that is wrong itself, rather than its value. */
  readonly key?: string;
  readonly text: string;
}

export function tellIssues(issues: readonly Issue[], value: unknown, schema: () => JsonSchema): SettingsProblem[] {
  return issues.flatMap((issue): SettingsProblem[] => {
    const { path } = issue;
    const name = path.length > 0 ? path.join(".") : "the file";

    if (issue.code === "unrecognized_keys") {
      const known = keysAt(schema(), value, path);
      return issue.keys.map((key) => {
        const meant = closest(key, known);
        const hint = meant ? `did you mean ${meant}?` : `known here: ${known.join(", ") || "none"}`;
        return { path, key, text: `${[...path, shown(key)].join(".")} is not a known key; ${hint}` };
      });
    }
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      return tellIssues(meantIssues(issue), value, schema);
    }
    if (valueAt(value, path) === undefined) return [{ path, text: `${name} is missing` }];
    return [{ path, text: `${name} ${issueWords(issue)}` }];
  });
}

/** Keys that the schema knows at `path`, in the variant that `kind` chooses where there are several. */
function keysAt(schema: JsonSchema, value: unknown, path: Path): string[] {
  let here = [schema];
  let at = value;
  for (const step of path) {
    here = here.flatMap(({ properties, items }) => {
      const next = typeof step === "number" ? items : properties?.[String(step)];
      return next ? [next, ...(next.anyOf ?? []), ...(next.oneOf ?? [])] : [];
    });
    at = valueAt(at, [step]);
    const kind = valueAt(at, ["kind"]);
    here = here.filter(({ properties }) => {
      const wanted = properties?.kind as { const?: unknown } | undefined;
      return wanted === undefined || wanted.const === kind;
    });
  }
  return [...new Set(here.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[step];
  }
  return at;
}

/** The known key within two slips of the pen, or a third of its length. */
function closest(key: string, known: readonly string[]): string | undefined {
  if (key.length > 40) return undefined;
  let best: { name: string; slips: number } | undefined;
  for (const name of known) {
    const slips = slipsBetween(key.toLowerCase(), name.toLowerCase());
    if (slips <= Math.max(2, Math.floor(name.length / 3)) && slips < name.length && (!best || slips < best.slips)) {
      best = { name, slips };
    }
  }
  return best?.name;
}

/** Levenshtein's distance. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function shown(key: string): string {
  const plain = key.replaceAll(/\p{Cc}/gu, "?");
  return plain.length > 60 ? `${plain.slice(0, 60)}...` : plain;
}
