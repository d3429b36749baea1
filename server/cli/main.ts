import { Command, CommanderError } from "commander";
import { demoCommand } from "./demo.ts";
import { complaint } from "./print.ts";
import { readCommand } from "./read.ts";
import { schemaCommand } from "./schema.ts";
import { snapshotCommand } from "./snapshot.ts";
import { startCommand } from "./start.ts";
import { ownVersion } from "./version.ts";

/** The command line. `peerglass.mjs` runs it under Node 24, and is what people call. */
const program = new Command("peerglass")
  .description("Live console for Kubernetes fabrics in which Calico speaks BGP to the top-of-rack switches")
  .version(ownVersion())
  .addHelpText(
    "after",
    "\nWithout a configuration, `peerglass start` shows a demo fabric. Nothing is ever changed on a device.",
  )
  .addCommand(startCommand())
  .addCommand(demoCommand())
  .addCommand(snapshotCommand())
  .addCommand(readCommand())
  .addCommand(schemaCommand());

// When the launcher is killed outright, nobody is left to pass signals on: end, and children end with us.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();

try {
  await program.exitOverride().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  process.stderr.write(complaint(error));
  return 1;
}
