import type { DeltaStream } from "./collector/delta-stream.ts";
import type { LiveFabric } from "./collector/live-fabric.ts";

/** What the one process owns. */
export interface Runtime {
  readonly fabric: LiveFabric;
  readonly stream: DeltaStream;
  stop(): void;
}

const KEY = Symbol.for("peerglass");

/** Next gives every layer its own copy of a module, so the one runtime hangs on the process (docs/adr/0001). */
export function theRuntime(): Runtime {
  const runtime = (globalThis as { [KEY]?: Runtime })[KEY];
  if (!runtime) throw new Error("the console was not started by server/main.ts: no runtime");
  return runtime;
}

export function setRuntime(runtime: Runtime): void {
  (globalThis as { [KEY]?: Runtime })[KEY] = runtime;
}
