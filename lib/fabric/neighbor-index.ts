import { same } from "../values/same.ts";
import type { Neighbor } from "./neighbor.ts";

interface Told {
  readonly neighbor: Neighbor;
  readonly source: string;
}

/** All neighbors that sources tell, found by id, by device, and by the address that they speak to. */
export class NeighborIndex {
  readonly #told = new Map<string, Told>();
  readonly #bySource = new Map<string, ReadonlyMap<string, Neighbor>>();
  /** device -> neighbor's address -> neighbor ids: who speaks to whom. */
  readonly #towards = new Map<string, Map<string, Set<string>>>();
  /** Anybody's neighbor address -> neighbor ids, for the day when its owner becomes known. */
  readonly #speakersTo = new Map<string, Set<string>>();

  get(id: string): Neighbor | undefined {
    return this.#told.get(id)?.neighbor;
  }

  sourceOf(id: string): string | undefined {
    return this.#told.get(id)?.source;
  }

  /** The ids of this device's neighbors, by the address that they speak to. */
  of(device: string): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#towards.get(device) ?? NONE;
  }

  speakersTo(address: string): ReadonlySet<string> {
    return this.#speakersTo.get(address) ?? NOBODY;
  }

  /** Replaces all that `source` said before. Returns the ids that changed, and its local addresses where one of these did. */
  replace(
    source: string,
    list: readonly Neighbor[],
  ): { changed: readonly string[]; localAddresses?: readonly string[] } {
    const before = this.#bySource.get(source);
    const after = new Map<string, Neighbor>();
    const changed: string[] = [];
    let moved = false;
    for (const neighbor of list) {
      const known = before?.get(neighbor.id);
      const kept = known !== undefined && same(known, neighbor) ? known : neighbor;
      after.set(neighbor.id, kept);
      if (kept === known) continue;
      changed.push(neighbor.id);
      moved ||= known?.localAddress !== neighbor.localAddress;
      this.#move(known, neighbor);
      this.#told.set(neighbor.id, { neighbor, source });
    }
    for (const [id, gone] of before ?? []) {
      if (after.has(id) || this.sourceOf(id) !== source) continue;
      changed.push(id);
      moved = true;
      this.#move(gone, undefined);
      this.#told.delete(id);
    }
    this.#bySource.set(source, after);
    if (!moved) return { changed };
    return { changed, localAddresses: [...after.values()].flatMap(({ localAddress }) => localAddress ?? []) };
  }

  /** A neighbor that has no address yet stands under "", so that its device still finds it. */
  #move(before: Neighbor | undefined, after: Neighbor | undefined): void {
    const from = before && (before.neighborAddress ?? "");
    const to = after && (after.neighborAddress ?? "");
    if (from === to) return;
    if (before && from !== undefined) {
      removeFrom(this.#towards.get(before.device), from, before.id);
      removeFrom(this.#speakersTo, from, before.id);
    }
    if (!after || to === undefined) return;
    const byAddress = this.#towards.get(after.device) ?? new Map<string, Set<string>>();
    this.#towards.set(after.device, byAddress);
    addTo(byAddress, to, after.id);
    addTo(this.#speakersTo, to, after.id);
  }
}

/** Names hold no bar: the inventory's rules see to it. */
export function deviceOf(neighborId: string): string {
  return neighborId.slice(0, neighborId.indexOf("|"));
}

const NOBODY: ReadonlySet<string> = new Set();
const NONE: ReadonlyMap<string, ReadonlySet<string>> = new Map();

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  index.set(key, (index.get(key) ?? new Set<string>()).add(id));
}

function removeFrom(index: Map<string, Set<string>> | undefined, key: string, id: string): void {
  const ids = index?.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index?.delete(key);
}
