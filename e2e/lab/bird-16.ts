import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { run } from "./command.ts";

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/peerglass-lab/", import.meta.url));
const UNPACKED = `${CACHE}bird-1.6`;
const BIRD = `${UNPACKED}/usr/sbin/bird`;

/**
 * BIRD 1.6.8, the base of Calico's fork. Debian's packages `bird` and `bird2` exclude each other, so this one is
 * unpacked beside the installed one, never installed.
 *
 * @returns the program, or in words why there is none
 */
export async function findBird16(): Promise<{ readonly program: string } | { readonly missing: string }> {
  if (existsSync(BIRD)) return { program: BIRD };
  const scratch = `${CACHE}bird-1.6.${process.pid}`;
  try {
    await mkdir(scratch, { recursive: true });
    await run(["apt-get", "download", "bird"], { cwd: scratch, timeoutMs: 60_000 });
    const archive = (await readdir(scratch)).find((file) => /^bird_1\.6\..*\.deb$/.test(file));
    if (!archive) throw new Error("apt's package bird is not 1.6");
    await run(["dpkg", "-x", archive, "."], { cwd: scratch });
    await rename(scratch, UNPACKED);
    return { program: BIRD };
  } catch (cause) {
    await rm(scratch, { recursive: true, force: true });
    if (existsSync(BIRD)) return { program: BIRD }; // another run was faster
    const why = cause instanceof Error ? cause.message : String(cause);
    return { missing: `BIRD 1.6 is not to be had (${why}); every node runs BIRD 2` };
  }
}
