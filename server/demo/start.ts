import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startDemo } from "./demo.ts";
import { type FabricSize, SIZES, type SizeName } from "./size.ts";

const HELP = `Invented fabric for Peerglass: switches that speak eAPI, nodes that speak BIRD's control protocol.

  node server/demo/start.ts --dir DIR [options]

  --dir DIR              where sockets, credentials and peerglass.yaml go; created, mode 0700
  --size NAME            ${Object.keys(SIZES).join(", ")} (default small)
  --racks N --nodes-per-rack N --spines N
                         instead of, or on top of, a size
  --seed N               the same seed gives the same fabric and the same weather (default 1)
  --paused               no weather until someone says resume
  --speed N              weather N times as fast (default 1)
  --every SEC            polling interval written to peerglass.yaml (default 2; 10 for huge)
  --exit-with-parent     end when standard input ends

People and tests steer it by lines on DIR/demo.ctl: pause, resume, status, list, inject FAULT A [B] [text], heal A [B], heal all.
`;

/** @throws RangeError or TypeError in words when an option cannot be meant. */
function optionsOf(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      dir: { type: "string" },
      size: { type: "string", default: "small" },
      racks: { type: "string" },
      "nodes-per-rack": { type: "string" },
      spines: { type: "string" },
      seed: { type: "string", default: "1" },
      paused: { type: "boolean", default: false },
      speed: { type: "string", default: "1" },
      every: { type: "string" },
      "exit-with-parent": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const number = (name: string, text: string, least: number) => {
    const value = Number(text);
    if (!Number.isFinite(value) || value < least)
      throw new RangeError(`--${name} ${text}: give a number of at least ${least}`);
    return value;
  };
  if (!Object.hasOwn(SIZES, values.size)) {
    throw new RangeError(`--size ${values.size}: choose one of ${Object.keys(SIZES).join(", ")}`);
  }
  const name = values.size as SizeName;
  const size: FabricSize = {
    spines: values.spines === undefined ? SIZES[name].spines : number("spines", values.spines, 1),
    racks: values.racks === undefined ? SIZES[name].racks : number("racks", values.racks, 1),
    nodesPerRack:
      values["nodes-per-rack"] === undefined
        ? SIZES[name].nodesPerRack
        : number("nodes-per-rack", values["nodes-per-rack"], 1),
  };
  return {
    help: values.help,
    exitWithParent: values["exit-with-parent"],
    directory: values.dir,
    size,
    seed: number("seed", values.seed, 0),
    paused: values.paused,
    speed: number("speed", values.speed, 0.01),
    everySec: values.every === undefined ? (name === "huge" ? 10 : 2) : number("every", values.every, 0.2),
  };
}

async function run(argv: readonly string[]): Promise<void> {
  const options = optionsOf(argv);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  if (options.directory === undefined) throw new RangeError("--dir is missing: say where the demo may put its sockets");

  const demo = await startDemo({ ...options, directory: resolve(options.directory) });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void demo.close().finally(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  if (options.exitWithParent) {
    process.stdin.on("end", end);
    process.stdin.on("error", end);
    process.stdin.resume();
  }
  process.stdout.write(`${JSON.stringify({ ready: true, config: demo.config, devices: demo.devices })}\n`);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
