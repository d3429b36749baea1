import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Observation } from "../../../lib/fabric/observation.ts";
import { type FrrConfig, frrSource } from "./source.ts";

const DAEMONS = "/usr/lib/frr";
const IDS = existsSync("/etc/passwd") ? /^frr:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8")) : null;
const MISSING =
  process.getuid?.() !== 0
    ? "(needs root, for a network namespace)"
    : existsSync(join(DAEMONS, "bgpd")) && IDS && existsSync("/usr/bin/vtysh")
      ? undefined
      : "(needs FRR: apt-get install frr)";

const BGPD = `hostname live
router bgp 65001
 bgp router-id 10.255.1.1
 neighbor 10.9.9.1 remote-as 64512
 neighbor 10.9.9.1 description nobody there
 neighbor 10.9.9.2 remote-as 64512
 neighbor 10.9.9.2 shutdown
 neighbor 10.9.9.2 password lab-secret
exit
`;

/** A real bgpd and zebra, in a network namespace of their own, and our source on their sockets. */
describe.skipIf(MISSING !== undefined)(`against a real FRR ${MISSING ?? ""}`, () => {
  const namespace = `frr-live-${process.pid}`;
  let directory = "";

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "frr-"));
    const files = { "bgpd.conf": BGPD, "zebra.conf": "hostname live\n" };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    for (const name of ["", ...Object.keys(files)])
      chownSync(join(directory, name), Number(IDS?.[1]), Number(IDS?.[2]));
    run("ip", "netns", "add", namespace);
    run("ip", "-n", namespace, "link", "set", "lo", "up");
    for (const daemon of ["zebra", "bgpd"]) {
      const path = (suffix: string) => join(directory, suffix);
      const places = ["-f", path(`${daemon}.conf`), "-i", path(`${daemon}.pid`), "--vty_socket", directory];
      run("ip", "netns", "exec", namespace, join(DAEMONS, daemon), "-d", ...places, "-z", path("zserv.api"), "-P", "0");
    }
  }, 20_000);

  afterAll(() => {
    for (const daemon of ["bgpd", "zebra"]) {
      const file = join(directory, `${daemon}.pid`);
      if (!existsSync(file)) continue;
      const pid = Number(readFileSync(file, "utf8"));
      process.kill(pid, "SIGKILL");
      rmSync(`/var/tmp/frr/${daemon}.${pid}`, { recursive: true, force: true });
    }
    run("ip", "netns", "del", namespace);
    rmSync(directory, { recursive: true, force: true });
  });

  const vias: [string, () => FrrConfig["via"]][] = [
    ["its sockets", () => ({ directory })],
    ["vtysh", () => ({ vtysh: ["/usr/bin/vtysh", "--vty_socket", directory] })],
  ];

  test.each(vias)(
    "its neighbors are told over %s",
    async (_, via) => {
      const limits = { deadlineMs: 8_000, maxAnswerBytes: 1_000_000 };
      const source = frrSource({ id: "live/frr", device: "live", via: via(), everyMs: 1_000, limits });
      const observation = await firstWithNeighbors(source.observe(AbortSignal.timeout(15_000)));

      expect(observation?.facts).toMatchObject({ system: "FRRouting", asn: 65001, bgp: "on" });
      expect(observation?.interfaces?.map(({ name }) => name)).toContain("lo");
      expect(observation?.trouble).toBeUndefined();
      const [waiting, shut] = observation?.neighbors ?? [];
      expect(waiting).toMatchObject({ neighborAddress: "10.9.9.1", description: "nobody there", password: "none" });
      expect(waiting?.state).not.toBe("established");
      expect(shut).toMatchObject({ neighborAddress: "10.9.9.2", heldDown: { by: "admin" }, password: "set" });
      expect(JSON.stringify([observation, source.evidence()])).not.toContain("lab-secret");
    },
    20_000,
  );
});

async function firstWithNeighbors(observations: AsyncIterable<Observation>): Promise<Observation | undefined> {
  for await (const observation of observations) if (observation.neighbors?.length === 2) return observation;
  return undefined;
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: "ignore", timeout: 10_000 });
}
