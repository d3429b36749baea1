import { accessSync, constants } from "node:fs";
import { run } from "./command.ts";

const PROGRAMS = {
  "/usr/lib/frr/bgpd": "frr",
  "/usr/lib/frr/zebra": "frr",
  "/usr/lib/frr/bfdd": "frr",
  "/usr/sbin/bird": "bird2",
  "/usr/sbin/ip": "iproute2",
  "/usr/sbin/nft": "nftables",
} as const;

/** Why no lab can run on this machine, with the way out; `undefined` when one can. */
export async function whyNoLab(): Promise<string | undefined> {
  if (process.platform !== "linux") return "the lab needs Linux network namespaces";
  if (process.getuid?.() !== 0) return "the lab needs root: network namespaces and FRR's daemons; run it with sudo";

  const missing = Object.entries(PROGRAMS).filter(([path]) => !isProgram(path));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, name]) => name))].join(" ");
    const paths = missing.map(([path]) => path).join(", ");
    return `the lab misses ${paths}; install with: apt-get install --no-install-recommends ${packages}`;
  }
  try {
    await run(["unshare", "--net", "true"], { timeoutMs: 5_000 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return `this machine allows no network namespaces (${why}); in a container, add the capability SYS_ADMIN`;
  }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
