import { z } from "zod";
import { SettingsSchema } from "./settings-schema.ts";

/** The published JSON Schema of `peerglass.yaml` (draft 2020-12), as a value that JSON can hold. */
export function settingsJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(SettingsSchema, { io: "input" });
  return {
    $schema,
    title: "peerglass.yaml",
    description: "Configuration of Peerglass, the live console for Kubernetes fabrics",
    ...rest,
  } as JsonSchema;
}

/** What we use of a JSON Schema. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}
