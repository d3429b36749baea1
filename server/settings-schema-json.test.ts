import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsJsonSchema } from "./settings-schema-json.ts";

test("the published JSON Schema is current (else: npx peerglass schema > public/peerglass.schema.json)", () => {
  const published = readFileSync(new URL("../public/peerglass.schema.json", import.meta.url), "utf8");

  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(settingsJsonSchema())));
});
