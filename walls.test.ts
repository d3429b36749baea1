import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/**
 * The walls of the house: who may import whom (docs/architecture.md). Read from the import lines themselves.
 * A rule that fails names file and line; if the rule is wrong, change it here and in that page together.
 */

interface Import {
  readonly file: string;
  readonly line: number;
  /** Path from the root for a file of ours, else the package's name. */
  readonly target: string;
  readonly ours: boolean;
  readonly text: string;
}

interface SourceFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly imports: readonly Import[];
}

const ROOT = dirname(fileURLToPath(import.meta.url));
const SELF = "walls.test.ts";
const PARTS = ["app", "components", "lib", "server", "e2e"];
const NOT_OURS = new Set(["node_modules", "fixtures", "test-results", "playwright-report"]);

const LIB_FLOORS = [
  ["values"],
  ["net"],
  ["bgp"],
  ["fabric"],
  ["events", "checks", "simulator", "config"],
  ["view"],
  ["change"],
  ["access"],
];
const SERVER_FLOORS = [
  ["secret"],
  ["settings"],
  ["sources", "store", "targets"],
  ["auth", "collector"],
  ["changes"],
  ["runtime"],
  ["api"],
  ["http"],
  ["cli"],
  ["main"],
];
/** Rooms that may read the settings; the rest is handed what it needs. */
const READ_SETTINGS = /^server\/(settings|start-runtime|main|cli\/|sources\/registry\.ts)/;
const START_PROCESSES = /^(server\/sources\/command-runner(\.test)?\.ts|server\/cli\/|e2e\/)/;

const STATEMENT = /^[ \t]*(?:import|export)\s+(?:[\w$*{},\s]+?\bfrom\s+)?["']([^"'\n]+)["']/gm;
const CALL = /\bimport\(\s*["']([^"'\n]+)["']/g;

const files: readonly SourceFile[] = PARTS.flatMap((part) => read(part));
const imports = files.flatMap((file) => file.imports);
const product = imports.filter(({ file }) => !isTest(file));

test("files of all four parts are read, and their imports found", () => {
  for (const part of ["components", "lib", "server"]) {
    expect(files.filter(({ path }) => path.startsWith(`${part}/`)).length, part).toBeGreaterThan(3);
  }
  expect(imports.filter(({ ours }) => ours).length).toBeGreaterThan(50);
});

test("every form of import is found, and none in a comment or a value", () => {
  const text = `import a, { b } from "./a.ts";
/** import x from "./comment.ts"; */
import {
  c,
  type D,
} from "../lib/c.ts";
import "./bare.ts";
export * from "./star.ts";
export type { E } from "./e.ts";
export const KINDS = ["spine", "leaf"];
export type F = "near" | "far";
const late = await import("./late.ts");
`;

  expect(importsOf("server/x.ts", text).map(({ target, line }) => `${line} ${target}`)).toEqual([
    "1 server/a.ts",
    "3 lib/c.ts",
    "7 server/bare.ts",
    "8 server/star.ts",
    "9 server/e.ts",
    "12 server/late.ts",
  ]);
});

test("every import of ours leads to a file that exists, named with its extension", () => {
  const known = new Set(files.map(({ path }) => path));
  const wrong = imports.filter(({ ours, target }) => ours && !known.has(target) && !exists(target));

  expect(wrong.map(told)).toEqual([]);
});

test("lib is pure: it imports lib and zod, and nothing else", () => {
  expect(
    product.filter((one) => from(one, "lib") && !(one.ours ? to(one, "lib") : one.target === "zod")).map(told),
  ).toEqual([]);
});

test("inside lib imports fall, and sisters on one floor do not know each other", () => {
  const known = new Set(LIB_FLOORS.flat());
  const strangers = files.filter(({ path }) => path.startsWith("lib/") && !known.has(roomOf(path)));

  expect(strangers.map(({ path }) => `${path}: give its room a floor in ${SELF}`)).toEqual([]);
  expect(rising("lib", LIB_FLOORS)).toEqual([]);
});

test("inside server imports fall", () => {
  const known = new Set([...SERVER_FLOORS.flat(), "demo"]);
  const strangers = files.filter(({ path }) => path.startsWith("server/") && !known.has(roomOf(path)));

  expect(strangers.map(({ path }) => `${path}: give its room a floor in ${SELF}`)).toEqual([]);
  expect(rising("server", SERVER_FLOORS)).toEqual([]);
});

test("server imports neither components nor app", () => {
  expect(imports.filter((one) => from(one, "server") && (to(one, "components") || to(one, "app"))).map(told)).toEqual(
    [],
  );
});

test("a vendor never imports another, nor the registry that knows them all", () => {
  const roomOf = (path: string) => /^server\/sources\/([^/]+)\//.exec(path)?.[1];
  // What every switch has in common stands in `switch`, and knows no vendor.
  const vendorOf = (path: string) => (roomOf(path) === "switch" ? undefined : roomOf(path));
  const wrong = imports.filter(({ file, target }) => {
    const own = vendorOf(file);
    const other = vendorOf(target);
    const hub = target === "server/sources/registry.ts" || target === "server/sources/commands.ts";
    const inside = roomOf(file) !== undefined;
    return inside && (hub || (other !== undefined && other !== own));
  });

  expect(wrong.map(told)).toEqual([]);
});

test("only registry and commands among the sources' shared files know a vendor", () => {
  const wrong = product.filter(
    ({ file, target }) =>
      /^server\/sources\/[^/]+$/.test(file) &&
      /^server\/sources\/[^/]+\//.test(target) &&
      !/^server\/sources\/(registry|commands)\.ts$/.test(file),
  );

  expect(wrong.map(told)).toEqual([]);
});

test("settings are read by start-runtime, main, cli and the registry alone", () => {
  expect(
    product.filter(({ file, target }) => /^server\/settings/.test(target) && !READ_SETTINGS.test(file)).map(told),
  ).toEqual([]);
});

test("a secret is opened in the sources and settings alone", () => {
  const wrong = product.filter(
    ({ file, target }) => target === "server/secret.ts" && !/^server\/(settings|sources\/|targets\/)/.test(file),
  );

  expect(wrong.map(told)).toEqual([]);
});

test("the demo imports lib and itself: nothing else of the house may help it to agree with the console", () => {
  const wrong = imports.filter(
    ({ file, target, ours }) => file.startsWith("server/demo/") && ours && !/^(lib|server\/demo)\//.test(target),
  );

  expect(wrong.map(told)).toEqual([]);
});

test("nothing but its own tests imports the demo: it is another network, not a mode", () => {
  const wrong = imports.filter(
    ({ file, target }) => target.startsWith("server/demo/") && !file.startsWith("server/demo/"),
  );

  expect(wrong.map(told)).toEqual([]);
});

test("components import components and lib; of the server only the type AppRouter, in components/trpc/trpc.tsx", () => {
  const wrong = imports.filter((one) => {
    if (!from(one, "components") || !one.ours || to(one, "components") || to(one, "lib")) return false;
    const isType = /^import type \{ AppRouter \}/.test(one.text) && one.target === "server/api/root.ts";
    return !(isType && one.file === "components/trpc/trpc.tsx");
  });

  expect(wrong.map(told)).toEqual([]);
});

test("components hold nothing of Node: they run in a browser", () => {
  expect(product.filter((one) => from(one, "components") && one.target.startsWith("node:")).map(told)).toEqual([]);
});

test("components/ui knows no other room of components", () => {
  const wrong = imports.filter(
    ({ file, target }) => file.startsWith("components/ui/") && /^components\/(?!ui\/)/.test(target),
  );

  expect(wrong.map(told)).toEqual([]);
});

test("app imports components and lib; of the server only api/root.ts and runtime.ts", () => {
  const doors = new Set(["server/api/root.ts", "server/runtime.ts"]);
  const wrong = imports.filter((one) => from(one, "app") && to(one, "server") && !doors.has(one.target));

  expect(wrong.map(told)).toEqual([]);
});

test("nothing imports app, but app", () => {
  expect(imports.filter((one) => to(one, "app") && !from(one, "app")).map(told)).toEqual([]);
});

test("e2e imports nothing of ours: it starts programs and speaks HTTP or sockets", () => {
  expect(imports.filter((one) => from(one, "e2e") && one.ours && !to(one, "e2e")).map(told)).toEqual([]);
  expect(imports.filter((one) => to(one, "e2e") && !from(one, "e2e")).map(told)).toEqual([]);
});

test("no file imports itself by a detour", () => {
  const graph = new Map(files.map(({ path, imports: own }) => [path, own.filter(({ ours }) => ours)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(" -> "));
    if (start >= 0 || done.has(path)) return;
    for (const { target } of graph.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) walk(path, []);

  expect(cycles).toEqual([]);
});

test("a file bears the name of its idea: no index, utils, helpers, types", () => {
  const vague = /^(index|utils?|helpers?|types|common|misc|shared)(\.test)?\.[cm]?[jt]sx?$/;

  expect(files.map(({ path }) => path).filter((path) => vague.test(posix.basename(path)))).toEqual([]);
});

test("names are kebab-case", () => {
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|lab|d|config))*\.[cm]?[jt]sx?$/;

  expect(files.map(({ path }) => path).filter((path) => !kebab.test(posix.basename(path)))).toEqual([]);
});

test("no file is longer than 400 lines", () => {
  const long = files.filter(({ lines }) => lines.length > 400);

  expect(long.map(({ path, lines }) => `${path}: ${lines.length} lines`)).toEqual([]);
});

test("processes are started by the command runner, the command line and e2e alone", () => {
  const wrong = product.filter(
    ({ file, target }) => /^(node:)?child_process$/.test(target) && !START_PROCESSES.test(file),
  );

  expect(wrong.map(told)).toEqual([]);
});

test("text never becomes code or markup", () => {
  const forbidden = /dangerouslySetInnerHTML|\.innerHTML\s*=|(?<![\w$.])eval\s*\(|\bnew Function\b/;
  const wrong = files.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (forbidden.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );

  expect(wrong).toEqual([]);
});

/** Imports inside `part` that climb, or that reach across to a sister on the same floor. */
function rising(part: string, floors: readonly (readonly string[])[]): string[] {
  const floorOf = (path: string) => floors.findIndex((rooms) => rooms.includes(roomOf(path)));
  return product
    .filter((one) => from(one, part) && to(one, part))
    .filter(
      ({ file, target }) => floorOf(file) >= 0 && roomOf(file) !== roomOf(target) && floorOf(target) >= floorOf(file),
    )
    .filter(({ file, target }) => !(READ_SETTINGS.test(file) && /^server\/settings/.test(target)))
    .map(told);
}

/** `lib/bgp/path.ts` stands in the room `bgp`; `server/settings-yaml.ts` in the room `settings`. */
function roomOf(path: string): string {
  const [, second = "", third] = path.split("/");
  if (third !== undefined) return second;
  if (/^settings\b/.test(second)) return "settings";
  if (/runtime\b/.test(second)) return "runtime";
  return second.replace(/\..*$/, "");
}

function from({ file }: Import, part: string): boolean {
  return file.startsWith(`${part}/`);
}

function to({ ours, target }: Import, part: string): boolean {
  return ours && target.startsWith(`${part}/`);
}

function told({ file, line, target }: Import): string {
  return `${file}:${line}: imports ${target}`;
}

function isTest(path: string): boolean {
  return /\.(test|spec|lab)\.[cm]?tsx?$/.test(path);
}

function exists(path: string): boolean {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile() ?? false;
}

function read(directory: string): SourceFile[] {
  if (!statSync(join(ROOT, directory), { throwIfNoEntry: false })) return [];
  return readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry): SourceFile[] => {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : read(path);
    if (!/\.([cm]?[jt]s|tsx)$/.test(entry.name)) return [];
    const text = readFileSync(join(ROOT, path), "utf8");
    return [{ path, lines: text.trimEnd().split("\n"), imports: importsOf(path, text) }];
  });
}

/** Comments are blanked first: they may talk of imports. Blocks only; a `//` may also stand in an address. */
function importsOf(file: string, text: string): Import[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, " "));
  return [...code.matchAll(STATEMENT), ...code.matchAll(CALL)].map((match) => {
    const specifier = match[1] ?? "";
    const ours = specifier.startsWith(".");
    const target = ours ? posix.join(posix.dirname(file), specifier) : specifier;
    return { file, line: code.slice(0, match.index).split("\n").length, target, ours, text: match[0].trim() };
  });
}
