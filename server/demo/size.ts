/** How big an invented fabric is. Each rack has a pair of leaves. */
export interface FabricSize {
  readonly spines: number;
  readonly racks: number;
  readonly nodesPerRack: number;
}

export const LEAVES_PER_RACK = 2;

export const SIZES = {
  small: { spines: 2, racks: 2, nodesPerRack: 6 },
  medium: { spines: 4, racks: 10, nodesPerRack: 10 },
  large: { spines: 4, racks: 40, nodesPerRack: 25 },
  huge: { spines: 4, racks: 100, nodesPerRack: 50 },
} as const satisfies Record<string, FabricSize>;
export type SizeName = keyof typeof SIZES;

/** What the numbering plan holds: one octet of spines, two bytes of leaves and nodes, the /15 of node links. */
const MOST = { spines: 64, racks: 1_000, nodesPerRack: 250, nodes: 20_000 };

/** @throws RangeError when the addresses of the plan would run out. */
export function checkSize(size: FabricSize): FabricSize {
  for (const key of ["spines", "racks", "nodesPerRack"] as const) {
    const value = size[key];
    if (!Number.isInteger(value) || value < 1 || value > MOST[key]) {
      throw new RangeError(`${key} of ${value}: give a whole number from 1 to ${MOST[key]}`);
    }
  }
  if (size.racks * size.nodesPerRack > MOST.nodes) {
    throw new RangeError(`${size.racks * size.nodesPerRack} nodes: at most ${MOST.nodes}, so fewer racks or nodes`);
  }
  return size;
}
