/** A fabric of any size, invented in the console's own wire form: racks of two leaves and `nodesPerRack` nodes. */
export interface BenchFabric {
  readonly view: Record<string, unknown>;
  /** Ids of the sessions between nodes and leaves, in order. */
  readonly sessions: readonly string[];
  readonly edges: readonly (readonly [string, string])[];
  readonly devices: readonly string[];
}

const AT = 1_795_000_000_000;

export function benchFabric(racks: number, nodesPerRack: number, spines = 4, now = Date.now()): BenchFabric {
  const devices: Record<string, unknown>[] = [];
  const sessions: Record<string, unknown>[] = [];
  const edges: [string, string][] = [];
  const ids: string[] = [];
  const pad = (n: number, digits: number) => String(n).padStart(digits, "0");
  const device = (name: string, role: string, asn: number, rack?: string) =>
    devices.push({ name, role, asn, sources: [`s:${name}`], ...(rack !== undefined && { rack }) });
  const session = (near: string, far: string, kind: string, rack?: string) => {
    const id = `default~${near}~${far}`;
    sessions.push({
      id,
      vrf: "default",
      kind,
      near: {
        device: near,
        address: `10.0.${sessions.length % 250}.1`,
        state: "Established",
        established: true,
        ...(rack && { rack }),
      },
      far: { device: far, state: "Established", established: true, accepted: 4, received: 4 },
      status: "up",
      since: AT,
      cause: "none",
      sentence: `${near} and ${far} have been up since 02:14:07; 4 prefixes one way, 182 the other.`,
    });
    edges.push([near, far]);
    return id;
  };

  for (let spine = 1; spine <= spines; spine += 1) device(`spine-${spine}`, "spine", 65_000);
  for (let rack = 1; rack <= racks; rack += 1) {
    const name = `r${pad(rack, 3)}`;
    const leaves = [`leaf-${pad(rack * 2 - 1, 3)}`, `leaf-${pad(rack * 2, 3)}`];
    for (const leaf of leaves) {
      device(leaf, "leaf", 65_100 + rack, name);
      for (let spine = 1; spine <= spines; spine += 1) session(leaf, `spine-${spine}`, "tor-spine");
    }
    for (let index = 1; index <= nodesPerRack; index += 1) {
      const node = `node-${pad((rack - 1) * nodesPerRack + index, 4)}`;
      device(node, "node", 65_200 + rack, name);
      for (const leaf of leaves) ids.push(session(node, leaf, "node-tor", name));
    }
  }
  const sources = devices.map(({ name }) => ({
    id: `s:${name}`,
    kind: "bird",
    device: name,
    everyMs: 3_600_000,
    state: "ok",
    lastOkAt: now,
    address: "unix:/run/bird.ctl",
  }));
  return {
    view: {
      id: "bench:1",
      asOf: now,
      fabric: { name: "bench", demo: false, exposed: false, version: "0" },
      devices,
      sessions,
      sources,
      events: [],
    },
    sessions: ids,
    edges,
    devices: devices.map(({ name }) => String(name)),
  };
}

/** A delta that turns these sessions down, or up again. */
export function benchDelta(n: number, ids: readonly string[], down: boolean): Record<string, unknown> {
  const patch = down
    ? { status: "down", cause: "hold-timer", since: Date.now(), sentence: "hold timer expired, 90 s" }
    : { status: "up", cause: "none", since: Date.now(), sentence: "up again" };
  return { id: `bench:${n}`, asOf: Date.now(), sessions: Object.fromEntries(ids.map((id) => [id, patch])) };
}
