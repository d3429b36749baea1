import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildPages } from "./prepare.mjs";

/**
 * The launcher in a clone of its own, with an npm that writes down how it was called and installs a stand-in for Node:
 * what is under test is which of them is called, where, and when.
 */
const HERE = dirname(fileURLToPath(import.meta.url));
const LOCK = {
  packages: {
    "": {},
    "node_modules/next": { version: "2.0.0" },
    "node_modules/mac": { version: "1.0.0", optional: true },
  },
};

let outer: string;
let root: string;

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), "peerglass clone-"));
  root = join(outer, "a clone");
  for (const file of ["peerglass.mjs", "prepare.mjs", "run-child.mjs"])
    cpSync(join(HERE, file), join(root, "server/cli", file));
  write("package-lock.json", JSON.stringify(LOCK));
  script(
    "bin/npm",
    `echo "npm $* in $PWD skip=$PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD" >> "${outer}/calls"\nsh "${outer}/bin/install"`,
  );
  script("bin/install", standIn());
});

afterEach(() => rmSync(outer, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function script(path: string, text: string): void {
  mkdirSync(dirname(join(outer, path)), { recursive: true });
  writeFileSync(join(outer, path), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

/** Installs what `npm ci` would: a Node that prints its arguments and ends with 5, and the list of what is there. */
function standIn(): string {
  const held = JSON.stringify({ packages: { "node_modules/next": { version: "2.0.0" } } });
  return [
    `mkdir -p "${root}/node_modules/.bin"`,
    `printf '#!/bin/sh\\necho node "$@"\\nexit 5\\n' > "${root}/node_modules/.bin/node"`,
    `chmod +x "${root}/node_modules/.bin/node"`,
    `printf '%s' '${held}' > "${root}/node_modules/.package-lock.json"`,
  ].join("\n");
}

function peerglass(...args: string[]) {
  const PATH = `${join(outer, "bin")}${delimiter}${process.env.PATH ?? ""}`;
  return spawnSync(process.execPath, [join(root, "server/cli/peerglass.mjs"), ...args], {
    cwd: outer, // anywhere but in the clone
    env: { ...process.env, PATH },
    encoding: "utf8",
  });
}

function npmCalls(): string {
  return existsSync(join(outer, "calls")) ? readFileSync(join(outer, "calls"), "utf8") : "";
}

describe("the launcher", () => {
  test("installs in an empty clone, without browsers, and passes arguments and exit code on", () => {
    const { stdout, stderr, status } = peerglass("read", "bird", "show protocols all", "-");

    expect(npmCalls()).toBe(`npm ci --no-fund --no-audit --loglevel=error in ${root} skip=1\n`);
    expect(stderr).toMatch(/Installing packages, none is there .*\n.*Packages installed in \d+ s/);
    expect(stdout).toBe(
      `node --disable-warning=ExperimentalWarning ${root}/server/cli/main.ts read bird show protocols all -\n`,
    );
    expect(status).toBe(5);
  });

  test("leaves packages alone that are those of the lock file, but for other systems' optional ones", () => {
    spawnSync("sh", [join(outer, "bin/install")]);

    expect(peerglass("--version").status).toBe(5);
    expect(npmCalls()).toBe("");
  });

  test("installs again, and says why, when the lock file asks for another version", () => {
    spawnSync("sh", [join(outer, "bin/install")]);
    write(
      "package-lock.json",
      JSON.stringify({ packages: { ...LOCK.packages, "node_modules/next": { version: "2.0.1" } } }),
    );

    expect(peerglass("--version").stderr).toMatch(/next is not the one of package-lock\.json/);
    expect(npmCalls()).toMatch(/^npm ci/);
  });

  test("ends in words when npm ci fails", () => {
    script("bin/npm", "echo 'npm error network' >&2\nexit 1");
    const { stderr, stdout, status } = peerglass("start");

    expect(stderr).toMatch(/npm error network\npeerglass: npm ci failed: see above/);
    expect([stdout, status]).toEqual(["", 1]);
  });

  test("--install-only installs, and starts nothing", () => {
    const { stdout, status } = peerglass("--install-only");

    expect([stdout, status]).toEqual(["", 0]);
    expect(npmCalls()).toMatch(/^npm ci/);
  });
});

describe("the pages are built", () => {
  const builtAt = new Date("2026-01-02T00:00:00Z");
  const before = new Date("2026-01-01T00:00:00Z");

  beforeEach(() => {
    mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
    symlinkSync(process.execPath, join(root, "node_modules/.bin/node"));
    write("node_modules/next/dist/bin/next", `require("fs").appendFileSync("built", process.argv.slice(2).join(" "))`);
    write(".next/BUILD_ID", "x");
    write("app/page.tsx", "");
    for (const path of [
      "app/page.tsx",
      "app",
      "server/cli/peerglass.mjs",
      "server/cli/prepare.mjs",
      "server/cli/run-child.mjs",
      "server/cli",
      "server",
    ]) {
      utimesSync(join(root, path), before, before);
    }
    utimesSync(join(root, ".next/BUILD_ID"), builtAt, builtAt);
  });

  const built = () => existsSync(join(root, "built")) && readFileSync(join(root, "built"), "utf8");

  test("not when they are newer than all they are built from", async () => {
    await buildPages(root);
    expect(built()).toBe(false);
  });

  test("when they are missing", async () => {
    rmSync(join(root, ".next"), { recursive: true });
    await buildPages(root);
    expect(built()).toBe("build");
  });

  test("when a source is newer, however deep it lies", async () => {
    write("components/ui/deep/button.tsx", "");
    await buildPages(root);
    expect(built()).toBe("build");
  });

  test("when a source has been deleted, which only its directory tells", async () => {
    rmSync(join(root, "app/page.tsx"));
    await buildPages(root);
    expect(built()).toBe("build");
  });

  test("and a failure is told with the way on", async () => {
    rmSync(join(root, ".next"), { recursive: true });
    write("node_modules/next/dist/bin/next", "process.exit(1)");
    await expect(buildPages(root)).rejects.toThrow(/next build failed: see above/);
  });
});
