import { readFileSync } from "node:fs";
import { type CollectorLog, collect } from "./collector/collector.ts";
import { DeltaStream } from "./collector/delta-stream.ts";
import { LiveFabric } from "./collector/live-fabric.ts";
import { type Runtime, setRuntime } from "./runtime.ts";
import { inventoryOf, type Settings } from "./settings.ts";
import { buildSources } from "./sources/registry.ts";

/** Wires everything once, from settings that nobody else reads. */
export function startRuntime(settings: Settings, exposed: boolean, log: CollectorLog): Runtime {
  const sources = buildSources(settings);
  const info = { name: settings.fabric.name, demo: settings.fabric.demo, exposed, version: ownVersion() };
  const fabric = new LiveFabric(info, inventoryOf(settings), sources, Date.now());
  const stream = new DeltaStream(fabric);
  const ending = new AbortController();
  collect(fabric, sources, ending.signal, log);
  const runtime: Runtime = {
    fabric,
    stream,
    stop() {
      ending.abort();
      stream.close();
    },
  };
  setRuntime(runtime);
  return runtime;
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
