import type { Interface } from "./device.ts";

/** Errors older than this say nothing about a fault of now. */
const RECENT_MS = 15 * 60_000;

/** Input errors that ports counted lately. A counter alone holds the errors of years; only its growth is news. */
export class PortErrors {
  readonly #grown = new Map<string, { readonly at: number; readonly by: number }>();

  /** Compares two answers of one device, the later given at `now`. A counter that went back was cleared: it grew from 0. */
  tell(device: string, before: readonly Interface[], after: readonly Interface[], now: number): void {
    const counted = new Map(before.map(({ name, inErrors }) => [name, inErrors]));
    for (const { name, inErrors = 0 } of after) {
      const earlier = counted.get(name);
      if (earlier === undefined) continue;
      const by = inErrors < earlier ? inErrors : inErrors - earlier;
      if (by === 0) continue;
      this.#grown.set(`${device}\n${name}`, { at: now, by: by + (this.recent(device, name, now) ?? 0) });
    }
  }

  /** How many the port counted without a quiet quarter of an hour in between; undefined when none lately. */
  recent(device: string, port: string, now: number): number | undefined {
    const grown = this.#grown.get(`${device}\n${port}`);
    return grown && now - grown.at < RECENT_MS ? grown.by : undefined;
  }
}
