import { same } from "../values/same.ts";
import type { Neighbor } from "./neighbor.ts";

interface Told {
  readonly neighbor: Neighbor;
  readonly source: string;
}

/** Whether what `source` says counts before what `other` says of the same thing. A strict order over all sources. */
export type Preference = (source: string, other: string) => boolean;

/**
 * All neighbors that sources tell, found by id, by device, and by the address that they speak to. Where several sources of
 * one device tell the same neighbor, each word is kept and the preferred one counts.
 */
export class NeighborIndex {
  readonly #told = new Map<string, Told>();
  readonly #bySource = new Map<string, ReadonlyMap<string, Neighbor>>();
  /** Neighbor id -> its tellers, only where there are several. */
  readonly #tellers = new Map<string, Set<string>>();
  /** device -> neighbor's address -> neighbor ids: who speaks to whom. */
  readonly #towards = new Map<string, Map<string, Set<string>>>();
  /** Anybody's neighbor address -> neighbor ids, for the day when its owner becomes known. */
  readonly #speakersTo = new Map<string, Set<string>>();
  readonly #prefers: Preference;

  constructor(prefers: Preference) {
    this.#prefers = prefers;
  }

  get(id: string): Neighbor | undefined {
    return this.#told.get(id)?.neighbor;
  }

  sourceOf(id: string): string | undefined {
    return this.#told.get(id)?.source;
  }

  /** Whether this source has ever told neighbors, be they none. */
  tells(source: string): boolean {
    return this.#bySource.has(source);
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
    this.#bySource.set(source, after);
    const changed: string[] = [];
    let moved = false;
    for (const neighbor of list) {
      const known = before?.get(neighbor.id);
      const kept = known !== undefined && same(known, neighbor) ? known : neighbor;
      after.set(neighbor.id, kept);
      if (kept === known) continue;
      moved ||= known?.localAddress !== neighbor.localAddress;
      if (!known) this.#share(neighbor.id, source);
      if (this.#choose(neighbor.id, source)) changed.push(neighbor.id);
    }
    for (const id of before?.keys() ?? []) {
      if (after.has(id)) continue;
      moved = true;
      const tellers = this.#tellers.get(id);
      tellers?.delete(source);
      if (tellers?.size === 0) this.#tellers.delete(id);
      if (this.#choose(id, source)) changed.push(id);
    }
    if (!moved) return { changed };
    return { changed, localAddresses: [...after.values()].flatMap(({ localAddress }) => localAddress ?? []) };
  }

  /** After what `source` is preferred to may have changed: the ids whose word that counts is now another. */
  chooseAgain(source: string): readonly string[] {
    if (this.#tellers.size === 0) return [];
    return [...(this.#bySource.get(source)?.keys() ?? [])].filter(
      (id) => this.#tellers.has(id) && this.#choose(id, source),
    );
  }

  /** Takes the word that counts, knowing that only what `source` says has changed. @returns whether that is another than before. */
  #choose(id: string, source: string): boolean {
    const before = this.#told.get(id);
    const tellers = this.#tellers.get(id) ?? [source];
    let best: Told | undefined;
    for (const teller of tellers) {
      const neighbor = this.#bySource.get(teller)?.get(id);
      if (neighbor && (!best || this.#prefers(teller, best.source))) best = { neighbor, source: teller };
    }
    if (before?.neighbor === best?.neighbor && before?.source === best?.source) return false;
    this.#move(before?.neighbor, best?.neighbor);
    if (best) this.#told.set(id, best);
    else this.#told.delete(id);
    return true;
  }

  #share(id: string, source: string): void {
    const first = this.#told.get(id)?.source;
    if (first === undefined || first === source) return;
    this.#tellers.set(id, (this.#tellers.get(id) ?? new Set([first])).add(source));
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
