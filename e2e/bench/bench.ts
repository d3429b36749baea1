import { parseArgs } from "node:util";
import type { Result } from "./result.ts";

/** `npm run bench`: all of them, or those that are named. `--json` for machines. */
const BENCHES: Record<string, () => Promise<{ run(): Promise<readonly Result[]> }>> = {
  bird: () => import("./bird.ts"),
  latency: () => import("./latency.ts"),
  topology: () => import("./topology.ts"),
  scale: () => import("./scale.ts"),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const strangers = names.filter((name) => !Object.hasOwn(BENCHES, name));

if (values.help || strangers.length > 0) {
  if (strangers.length > 0) console.error(`There is no bench ${strangers.join(", ")}.`);
  console.error(`npm run bench -- [--json] [${Object.keys(BENCHES).join(" | ")}] ...`);
  process.exit(values.help ? 0 : 2);
}

const results: Result[] = [];
let broken = 0;
for (const name of names) {
  try {
    if (!values.json) console.error(`${name} ...`);
    const bench = await BENCHES[name]?.();
    results.push(...((await bench?.run()) ?? []));
  } catch (cause) {
    broken += 1;
    console.error(`${name} could not be measured: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
if (values.json) console.log(JSON.stringify(results, null, 2));
else table(results);
process.exit(broken > 0 ? 1 : 0);

function table(rows: readonly Result[]): void {
  const cells = [
    ["bench", "figure", "value", "unit", "target", "met"],
    ...rows.map(({ bench, figure, value, unit, target, met }) => [
      bench,
      figure,
      String(value),
      unit,
      target,
      target === "" ? "" : met ? "yes" : "NO",
    ]),
  ];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of cells)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
