import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { runChild } from "./run-child.mjs";

/** What must be there before the program proper can run: packages and the built pages. Runs on Node 20. */

const BUILT_FROM = ["app", "components", "lib", "server", "public", "next.config.js", "package.json"];

/** @param {string} root */
export function nodeOf(root) {
  return join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
}

/**
 * Runs `npm ci` unless node_modules already holds what package-lock.json says.
 *
 * @param {string} root
 */
export async function installPackages(root) {
  const why = whyInstall(root);
  if (!why) return;
  say(`Installing packages, ${why} (npm ci, about half a minute) ...`);
  const started = Date.now();
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" };
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const code = await runChild(npm, ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd: root,
    env,
    stdio: ["ignore", 2, 2, "ipc"], // standard output belongs to the command itself
  });
  if (code !== 0 || !existsSync(nodeOf(root))) {
    throw new Error("npm ci failed: see above. Is the registry reachable from here (npm ping)?");
  }
  say(`Packages installed in ${seconds(started)}.`);
}

/**
 * Runs `next build` when the pages are missing or older than anything they are built from.
 *
 * @param {string} root
 */
export async function buildPages(root) {
  const buildId = join(root, ".next", "BUILD_ID");
  if (existsSync(buildId) && newestOf(root, BUILT_FROM) <= statSync(buildId).mtimeMs) return;
  say("Building the pages (next build, about 15 s) ...");
  const started = Date.now();
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const code = await runChild(nodeOf(root), [next, "build"], { cwd: root, env, stdio: ["ignore", 2, 2, "ipc"] });
  if (code !== 0) throw new Error("next build failed: see above. `npm run types` shows errors of types alone.");
  say(`Pages built in ${seconds(started)}.`);
}

/** @param {string} root */
function whyInstall(root) {
  if (!existsSync(nodeOf(root))) return "none is there";
  const wanted = packagesOf(join(root, "package-lock.json"));
  const held = packagesOf(join(root, "node_modules", ".package-lock.json"));
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === "" || (optional && !held[path])) continue; // those for other systems are left out
    if (held[path]?.version !== version)
      return `${path.replace(/^.*node_modules\//, "")} is not the one of package-lock.json`;
  }
  return undefined;
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * The latest change among files and directories, in epoch ms. Directories count, so that a deleted file is noticed.
 *
 * @param {string} root
 * @param {readonly string[]} names
 * @returns {number}
 */
function newestOf(root, names) {
  let newest = 0;
  for (const name of names) {
    const path = join(root, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) continue;
    const inside = stat.isDirectory() ? newestOf(path, readdirSync(path)) : 0;
    newest = Math.max(newest, stat.mtimeMs, inside);
  }
  return newest;
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`peerglass: ${line}\n`);
}

/** @param {number} since */
function seconds(since) {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}
