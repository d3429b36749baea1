import type { Bfd, Neighbor } from "../../../lib/fabric/neighbor.ts";
import { same } from "../../../lib/values/same.ts";
import { own } from "./text.ts";

interface Entry {
  /** The row of `show protocols` from which the neighbor was made. */
  readonly line: string;
  readonly neighbor: Neighbor;
}

/** No row of BIRD's is empty. */
const OWED = "";

/** What a daemon last told of its sessions, in its own order. What did not change stays the same object. */
export class NeighborTable {
  #entries = new Map<string, Entry>();
  #list: readonly Neighbor[] = [];

  get size(): number {
    return this.#entries.size;
  }

  get(name: string): Neighbor | undefined {
    return this.#entries.get(name)?.neighbor;
  }

  /** Whether the row tells what it told when the neighbor was made. */
  tellsSame(name: string, line: string): boolean {
    return this.#entries.get(name)?.line === line;
  }

  put(line: string, neighbor: Neighbor): void {
    const name = neighbor.name ?? neighbor.id;
    const before = this.#entries.get(name);
    const kept = before && same(before.neighbor, neighbor) ? before.neighbor : neighbor;
    if (before?.line === line && kept === before.neighbor) return;
    this.#entries.set(name, { line: own(line), neighbor: kept });
  }

  /** Changes a neighbor for now; its details are still owed, so that no row tells the same as this entry. */
  owe(name: string, change: (earlier: Neighbor) => Neighbor): void {
    const earlier = this.get(name);
    if (earlier) this.put(OWED, change(earlier));
  }

  /** Forgets protocols that are configured no more, and takes the daemon's order. Answers whether any was forgotten. */
  keepOnly(names: Iterable<string>): boolean {
    const kept = new Map<string, Entry>();
    for (const name of names) {
      const entry = this.#entries.get(name);
      if (entry) kept.set(name, entry);
    }
    const forgot = kept.size < this.#entries.size;
    this.#entries = kept;
    return forgot;
  }

  joinBfd(bfdOf: (address: string, port?: string) => Bfd | undefined): void {
    for (const { line, neighbor } of this.#entries.values()) {
      const bfd =
        neighbor.neighborAddress === undefined ? undefined : bfdOf(neighbor.neighborAddress, neighbor.interface);
      if (same(neighbor.bfd, bfd)) continue;
      const { bfd: _old, ...rest } = neighbor;
      this.put(line, bfd ? { ...rest, bfd } : rest);
    }
  }

  /** The same array as before when it holds the same neighbors. */
  list(): readonly Neighbor[] {
    const next = Array.from(this.#entries.values(), ({ neighbor }) => neighbor);
    if (next.length !== this.#list.length || next.some((neighbor, i) => neighbor !== this.#list[i])) this.#list = next;
    return this.#list;
  }
}
