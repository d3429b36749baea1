import type { Observation } from "../../lib/fabric/observation.ts";
import { loadSettings } from "../settings.ts";
import { buildSources } from "../sources/registry.ts";
import type { Source } from "../sources/source.ts";
import { SourceError } from "../sources/source-error.ts";

const AT_ONCE = 32;

/** Asks every source of the configuration once. What a silent one would have told is told as missing, with its reason. */
export async function observeOnce(file: string): Promise<unknown> {
  const { settings } = loadSettings({ file, env: process.env });
  const waiting = buildSources(settings);
  const observations: Observation[] = [];
  const silent: { source: string; device: string; reason: string; text: string }[] = [];

  const worker = async () => {
    for (let source = waiting.shift(); source; source = waiting.shift()) {
      try {
        observations.push(await firstOf(source));
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        silent.push({ source: source.id, device: source.device, reason: error.reason, text: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const inventory = settings.devices.map(({ name, role, rack }) => ({
    name,
    role,
    ...(rack !== undefined && { rack }),
  }));
  return { asOf: Date.now(), fabric: settings.fabric, devices: inventory, observations, silent };
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
