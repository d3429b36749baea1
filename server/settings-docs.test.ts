import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadSettings } from "./settings.ts";
import { type JsonSchema, settingsJsonSchema } from "./settings-schema-json.ts";

const directory = mkdtempSync(join(tmpdir(), "peerglass-docs-"));
afterAll(() => rmSync(directory, { recursive: true }));

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const README = read("README.md");
const CONFIGURATION = read("docs/configuration.md");

function examples(markdown: string): string[] {
  return [...markdown.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
}

function load(text: string) {
  const file = join(directory, "peerglass.yaml");
  writeFileSync(file, text);
  return loadSettings({ file, env: {} }).settings;
}

test("the README's example can be used as it stands, and shows every kind of source", () => {
  const [example = ""] = examples(README);
  const kinds = load(example).devices.flatMap(({ sources }) => sources.map(({ kind }) => kind));

  expect(kinds.sort()).toEqual(["arista-eapi", "bird", "cisco-nxapi", "frr", "junos"]);
});

test("every source that docs/configuration.md shows can be used as it stands", () => {
  const lists = examples(CONFIGURATION).filter((example) => example.startsWith("- "));
  const counts = lists.map((list) => {
    const indented = list.replaceAll(/^/gm, "      ");
    return load(`devices:\n  - name: a\n    role: node\n    sources:\n${indented}`).devices[0]?.sources.length;
  });

  expect(counts).toEqual([1, 2, 1, 1, 2]);
});

test("docs/configuration.md names every key that there is", () => {
  const keys = new Set<string>();
  const walk = (schema: JsonSchema) => {
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      keys.add(key);
      walk(inner);
    }
    for (const inner of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) if (inner) walk(inner);
  };
  walk(settingsJsonSchema());

  expect(keys.size).toBeGreaterThan(20);
  expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(CONFIGURATION))).toEqual([]);
});
