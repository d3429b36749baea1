import type { AddressBook } from "./addresses.ts";
import type { Neighbor } from "./neighbor.ts";

/** Two ends that belong together. `exact`: each speaks from the address that the other speaks to. */
export interface Pair {
  readonly a: Neighbor;
  readonly b: Neighbor;
  readonly exact: boolean;
}

/**
 * Joins the neighbors that device A has towards B with those that B has towards A (RFC 4271 §8.2.1: a connection is known
 * by its two addresses).
 *
 * 1. Ends whose addresses agree both ways are one session; of several, those in a VRF of the same name.
 * 2. If one is left on each side and both could speak for the other, they are one session whose addresses disagree: the
 *    update source of one end is not what the other expects.
 * 3. Whatever is left has no other end.
 *
 * The answer does not depend on the order of the lists.
 */
export function pairUp(
  towardsB: readonly Neighbor[],
  towardsA: readonly Neighbor[],
  book: AddressBook,
): { readonly pairs: readonly Pair[]; readonly alone: readonly Neighbor[] } {
  const leftA = [...towardsB].sort(byId);
  const leftB = [...towardsA].sort(byId);
  const pairs: Pair[] = [];
  for (const sameVrf of [true, false]) {
    for (const a of [...leftA]) {
      const b = leftB.find((candidate) => agree(a, candidate, book) && (!sameVrf || a.vrf === candidate.vrf));
      if (!b) continue;
      pairs.push({ a, b, exact: true });
      leftA.splice(leftA.indexOf(a), 1);
      leftB.splice(leftB.indexOf(b), 1);
    }
  }
  const [a, b] = [leftA[0], leftB[0]];
  if (a && b && leftA.length === 1 && leftB.length === 1 && version(a) === version(b)) {
    return { pairs: [...pairs, { a, b, exact: false }], alone: [] };
  }
  return { pairs, alone: [...leftA, ...leftB] };
}

/** The address that this end speaks from: as told, or else that of the port on the neighbor's subnet. */
export function speaksFrom(neighbor: Neighbor, book: AddressBook): string | undefined {
  if (neighbor.localAddress !== undefined) return neighbor.localAddress;
  if (neighbor.neighborAddress === undefined) return undefined;
  return book.portTowards(neighbor.device, neighbor.neighborAddress)?.localAddress;
}

function agree(a: Neighbor, b: Neighbor, book: AddressBook): boolean {
  const fromA = speaksFrom(a, book);
  const fromB = speaksFrom(b, book);
  const aToB =
    fromB === undefined ? book.addressesOf(b.device).has(a.neighborAddress ?? "") : fromB === a.neighborAddress;
  const bToA =
    fromA === undefined ? book.addressesOf(a.device).has(b.neighborAddress ?? "") : fromA === b.neighborAddress;
  return aToB && bToA;
}

function version(neighbor: Neighbor): boolean {
  return neighbor.neighborAddress?.includes(":") ?? false;
}

function byId(left: Neighbor, right: Neighbor): number {
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}
