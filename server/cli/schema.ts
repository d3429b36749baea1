import { Command } from "commander";
import { settingsJsonSchema } from "../settings-schema-json.ts";
import { print } from "./print.ts";

/** `public/peerglass.schema.json` is the output of this command. */
export function schemaCommand(): Command {
  return new Command("schema")
    .description("print the JSON Schema of peerglass.yaml, for editors")
    .action(() => print(JSON.stringify(settingsJsonSchema(), null, 2)));
}
