import { expect, test } from "vitest";
import { parse } from "yaml";
import { bgpdConfig, birdConfig } from "./config.ts";
import { DEFAULT_LAB, describeLab, deviceOf, linkBetween } from "./description.ts";
import { parseFault } from "./fault.ts";
import { peerglassYaml } from "./peerglass-yaml.ts";

const lab = describeLab();

test("the default lab has 14 devices and 24 sessions, each node at the two leaves of its rack", () => {
  expect(lab.devices).toHaveLength(14);
  expect(lab.links).toHaveLength(24);
  for (const node of lab.devices.filter((device) => device.role === "node")) {
    const leaves = lab.links.filter((link) => link.lower.device === node.name).map((link) => link.upper.device);
    expect(leaves).toHaveLength(2);
    for (const leaf of leaves) expect(deviceOf(lab, leaf).rack).toBe(node.rack);
  }
});

test("no address, interface or namespace is given twice, also in the largest lab", () => {
  const large = describeLab({ ...DEFAULT_LAB, spines: 16, leaves: 32, nodes: 128 });
  const ends = large.links.flatMap((link) => [link.lower, link.upper]);
  const addresses = [...ends.map((end) => end.address), ...large.devices.map((device) => device.loopback)];
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(new Set(ends.map((end) => `${end.device} ${end.interface}`)).size).toBe(ends.length);
  expect(ends.every((end) => end.interface.length <= 15)).toBe(true); // IFNAMSIZ
  expect(addresses.every((address) => address.split(".").every((part) => Number(part) <= 255))).toBe(true);
});

test("no lab's prefix begins another's, whatever the names", () => {
  expect(describeLab({ ...DEFAULT_LAB, name: "lab2" }).prefix.startsWith(lab.prefix)).toBe(false);
  expect(() => describeLab({ ...DEFAULT_LAB, name: "lab-2" })).toThrow(/lower-case letters and digits/);
});

test("a size that the lab does not carry is refused in words", () => {
  expect(() => describeLab({ ...DEFAULT_LAB, nodes: 500 })).toThrow("500 nodes: the lab has room for 1 to 128");
});

test("both dialects of BIRD name the same sessions, and only BIRD 2 has channels", () => {
  const one = birdConfig(lab, deviceOf(lab, "node-1"));
  const two = birdConfig(lab, deviceOf(lab, "node-2"));
  expect(one).toContain("protocol bgp Node_10_20_1_0 from bgp_template");
  expect(two).toContain("protocol bgp Global_10_20_2_2 from bgp_template");
  expect(one).not.toContain("ipv4");
  expect(two).toContain("ipv4 { import all; export filter calico_export_to_bgp_peers; add paths on; };");
});

test("a password stands at both ends of its session, and nowhere else", () => {
  expect(linkBetween(lab, "node-5", "leaf-3").password).toBe("lab-secret");
  expect(birdConfig(lab, deviceOf(lab, "node-5")).match(/password "lab-secret"/g)).toHaveLength(2);
  expect(bgpdConfig(lab, deviceOf(lab, "leaf-3")).match(/password/g)).toHaveLength(1);
  expect(bgpdConfig(lab, deviceOf(lab, "leaf-1"))).not.toContain("password");
});

test("the console's configuration names every device once, with its own socket", () => {
  const config: unknown = parse(peerglassYaml(lab));
  expect(config).toMatchObject({
    fabric: { name: "lab" },
    poll: { everySec: 1 },
    devices: expect.arrayContaining([
      { name: "spine-1", role: "spine", sources: [{ kind: "frr", directory: "/run/peerglass-lab/lab/spine-1" }] },
      {
        name: "node-5",
        role: "node",
        rack: "r2",
        sources: [{ kind: "bird", socket: "/run/peerglass-lab/lab/node-5/bird.ctl" }],
      },
    ]),
  });
});

test("a fault on the wrong side, or between strangers, is refused with what there is", () => {
  expect(parseFault(lab, ["shut-on-tor", "leaf-2", "node-4", "moving", "out"])).toEqual({
    kind: "shut-on-tor",
    at: "leaf-2",
    toward: "node-4",
    text: "moving out",
  });
  expect(() => parseFault(lab, ["shut-on-tor", "node-4", "leaf-2"])).toThrow(
    "shut-on-tor is a fault of a leaf; node-4 is a node",
  );
  expect(() => parseFault(lab, ["link-down", "node-1", "leaf-3"])).toThrow("node-1 has links to leaf-1, leaf-2");
  expect(() => parseFault(lab, ["earthquake"])).toThrow(/there are bird-killed, bird-frozen/);
});
