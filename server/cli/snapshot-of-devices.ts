import type { Observation, SourceHealth } from "../../lib/fabric/observation.ts";
import { type ViewOnWire, viewToWire } from "../../lib/view/wire.ts";
import { LiveFabric } from "../collector/live-fabric.ts";
import { inventoryOf, loadSettings } from "../settings.ts";
import { buildSources } from "../sources/registry.ts";
import type { Source } from "../sources/source.ts";
import { SourceError } from "../sources/source-error.ts";

const AT_ONCE = 32;

/**
 * Asks every source of the configuration once, and joins what they say as the console does. A silent source stands
 * among `sources` with its reason; what it alone could tell is unknown.
 */
export async function observeOnce(file: string, version: string): Promise<ViewOnWire> {
  const { settings } = loadSettings({ file, env: process.env });
  const sources = buildSources(settings);
  const info = { name: settings.fabric.name, demo: settings.fabric.demo, exposed: false, version };
  const inventory = inventoryOf(settings);
  const fabric = new LiveFabric(info, inventory, sources, Date.now());

  const waiting = [...sources];
  const worker = async () => {
    for (let source = waiting.shift(); source; source = waiting.shift()) await tell(source, fabric);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  fabric.flush(Date.now());
  return viewToWire(fabric.view());
}

async function tell(source: Source, fabric: LiveFabric): Promise<void> {
  const { id, kind, device, everyMs, address } = source;
  const health = (rest: Pick<SourceHealth, "state"> & Partial<SourceHealth>): SourceHealth => {
    return { id, kind, device, everyMs, address, ...rest };
  };
  try {
    const observation = await firstOf(source);
    const { observedAt, tookMs, trouble } = observation;
    const partial = trouble !== undefined && trouble.length > 0;
    const state = partial ? "partial" : "ok";
    fabric.observe(observation, health({ state, lastOkAt: observedAt, tookMs, ...(partial && { trouble }) }));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const since = Date.now();
    fabric.health(health({ state: "failing", error: { reason: error.reason, text: error.message, since } }), since);
  }
}

async function firstOf(source: Source): Promise<Observation> {
  const end = new AbortController();
  try {
    for await (const observation of source.observe(end.signal)) return observation;
    throw new SourceError("failed", source.id, "it ended without an answer");
  } finally {
    end.abort();
  }
}
