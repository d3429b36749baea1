import type { z } from "zod";

/** What zod refuses, in plain words. */

export type Issue = z.core.$ZodIssue;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a map of keys and values",
  array: "a list",
};

/** What is wrong with the value, to stand behind its name: `must be a number`. */
export function issueWords(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return isOurs(issue) ? issue.message : `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${oneOf(issue.values)}`;
    case "invalid_union":
      return `must be ${oneOf(optionsOf(issue))}`;
    case "too_small":
      if (issue.origin === "string" || issue.origin === "array") return "must not be empty";
      return `must be at least ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "string") return `must be at most ${issue.maximum} characters long`;
      if (issue.origin === "array") return `must hold at most ${issue.maximum} entries`;
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function isOurs({ message }: Issue): boolean {
  return !message.startsWith("Invalid");
}

function optionsOf(issue: Issue): readonly unknown[] {
  return "options" in issue && Array.isArray(issue.options) ? issue.options : [];
}

function oneOf(values: readonly unknown[]): string {
  return values.length > 1 ? `one of ${values.join(", ")}` : String(values[0] ?? "something else");
}

/** Of a value that fits no variant: what is wrong with it as the one that it was meant to be, which got further than its own type. */
export function meantIssues(issue: Issue & { readonly code: "invalid_union" }): readonly Issue[] {
  const meant = issue.errors.find((errors) =>
    errors.every(({ path, code }) => path.length > 0 || code !== "invalid_type"),
  );
  return (meant ?? issue.errors.at(-1) ?? []).map((error) => ({ ...error, path: [...issue.path, ...error.path] }));
}

/** `default.peers.10.0.0.1.state is missing`, `mtu must be a number`: one sentence, without its full stop. */
export function issueSentence(issue: Issue): string {
  const inner = issue.code === "invalid_union" ? meantIssues(issue)[0] : undefined;
  if (inner) return issueSentence(inner);
  const name = issue.path.length > 0 ? issue.path.map(String).join(".") : "the whole";
  return /received undefined$/.test(issue.message) ? `${name} is missing` : `${name} ${issueWords(issue)}`;
}
