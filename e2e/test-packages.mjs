import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs beyond npm that some tests need: where they are missing, Debian's packages bring them. Runs on Node 20. */

const PACKAGES = [
  { name: "chromium", for: ["pages"], there: () => inPath("chromium") },
  { name: "frr", for: ["lab"], there: () => existsSync("/usr/lib/frr/bgpd") && existsSync("/usr/lib/frr/zebra") },
  { name: "bird2", for: ["lab"], there: () => inPath("bird") },
  { name: "iproute2", for: ["lab"], there: () => inPath("ip") },
  { name: "nftables", for: ["lab"], there: () => inPath("nft") },
];

const POLICY = "/usr/sbin/policy-rc.d";

export const isRoot = process.getuid?.() === 0;

/**
 * Installs by apt what is missing, where we may.
 *
 * @param {(line: string) => void} say
 */
export function installSystemPackages(say) {
  const missing = PACKAGES.filter(({ there }) => !there()).map(({ name }) => name);
  if (missing.length === 0) return;
  if (!isRoot || !inPath("apt-get")) {
    say(`Not installed, as ${isRoot ? "there is no apt-get here" : "we are not root"}: ${missing.join(", ")}.`);
    return;
  }
  say(`Installing ${missing.join(", ")} by apt ...`);
  const ours = forbidStarting();
  try {
    apt(["update"]);
    const installed = apt(["install", "-y", "--no-install-recommends", ...missing]);
    if (!installed) say("apt-get failed: see above. The tests that need these packages are skipped.");
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}

/**
 * Why the tests of `suite` cannot run here, and how to get what they miss; `undefined` when they can.
 *
 * @param {string} suite
 */
export function whatIsMissing(suite) {
  const missing = PACKAGES.filter((one) => one.for.includes(suite) && !one.there()).map(({ name }) => name);
  if (missing.length > 0)
    return `missing: ${missing.join(", ")}. As root on Debian: apt-get install ${missing.join(" ")}`;
  if (suite === "lab" && !isRoot) return "network namespaces need root. Run: sudo npm test -- lab";
  return undefined;
}

/** A package's daemon must not start on this machine: we want its program only. @returns whether the file is ours. */
function forbidStarting() {
  if (existsSync(POLICY)) return false;
  writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  return true;
}

/** @param {readonly string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", ["-q", ...args], { stdio: ["ignore", "inherit", "inherit"], env }).status === 0;
}

/** @param {string} program */
function inPath(program) {
  const places = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin", "/usr/bin"];
  return places.some((place) => place !== "" && existsSync(join(place, program)));
}
