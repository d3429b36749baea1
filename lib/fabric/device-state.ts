import type { AddressBinding, MacBinding } from "./attachment.ts";
import type { InterfaceTraffic } from "./device.ts";
import type { Observation } from "./observation.ts";
import type { Resources, TableUse } from "./resources.ts";
import type { RouteCount } from "./route.ts";

/** One fact with who said it, and when; epoch ms. */
export interface Told<T> {
  readonly value: T;
  readonly source: string;
  readonly observedAt: number;
}

/** What of a device moves all the time: nothing is concluded from it, and no screen but its own holds it. */
export interface DeviceState {
  readonly traffic?: Told<readonly InterfaceTraffic[]>;
  readonly resources?: Told<Resources>;
  readonly tables?: Told<readonly TableUse[]>;
  readonly routeCounts?: Told<readonly RouteCount[]>;
  readonly addresses?: Told<readonly AddressBinding[]>;
  readonly macs?: Told<readonly MacBinding[]>;
}

const PARTS = ["traffic", "resources", "tables", "routeCounts", "addresses", "macs"] as const;
type Part = (typeof PARTS)[number];

/** Keeps the last word of every source on each part, and gives the one that counts. */
export class DeviceStates {
  readonly #told = new Map<string, Map<Part, Map<string, Told<unknown>>>>();

  take(observation: Observation): void {
    const { device, source, observedAt } = observation;
    for (const part of PARTS) {
      const value = observation[part];
      if (value === undefined) continue;
      const parts = this.#told.get(device) ?? new Map<Part, Map<string, Told<unknown>>>();
      this.#told.set(device, parts);
      const bySource = parts.get(part) ?? new Map<string, Told<unknown>>();
      parts.set(part, bySource);
      bySource.set(source, { value, source, observedAt });
    }
  }

  /** @param prefers whether the first source counts before the second */
  of(device: string, prefers: (source: string, other: string) => boolean): DeviceState {
    const chosen = [...(this.#told.get(device) ?? [])].map(([part, bySource]) => {
      const [first, ...others] = bySource.values();
      return [part, others.reduce((best, each) => (best && prefers(best.source, each.source) ? best : each), first)];
    });
    return Object.fromEntries(chosen) as DeviceState;
  }
}
