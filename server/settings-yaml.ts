import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from "yaml";

/** YAML text as a value, with the line of each of its keys. No I/O. */

export type Path = readonly PropertyKey[];

export interface YamlValue {
  readonly value: unknown;
  /** Line, counted from 1, of the value at `path`, or of the nearest thing around it. */
  lineOf(path: Path): number;
  /** Line of the key `key` itself in the map at `path`. */
  lineOfKey(path: Path, key: string): number;
}

export interface YamlProblem {
  readonly line: number;
  readonly text: string;
}

/** A configuration that repeats itself by aliases more often than this is a bomb, or should be generated. */
const MAX_ALIASES = 100;

/**
 * Our own words: the library's may quote the text, and the text may be a password.
 * A code that is not here is told as "is not valid YAML".
 */
const WORDS: Partial<Record<string, string>> = {
  DUPLICATE_KEY: "the same key stands here twice in one map",
  BAD_INDENT: "the indentation does not fit the lines above, or a bracket there is not closed",
  TAB_AS_INDENT: "a tab is used as indentation; YAML wants blanks",
  MISSING_CHAR: "a quote, bracket, comma or colon is missing",
  UNEXPECTED_TOKEN: "something stands here that YAML does not expect",
  BAD_SCALAR_START: "text that begins with this character needs quotes",
  BLOCK_IN_FLOW: "an indented block cannot stand inside { } or [ ]",
  MULTIPLE_DOCS: "a second document begins here; one file holds one configuration",
  TAG_RESOLVE_FAILED: "tags (!name) are not used in this file",
};

const MAX_DEPTH = 200;
const MANY_DASHES = /(?:[-?][ \t]+){200}/; // each opens a list or a map inside the one before
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

const TOO_DEEP: YamlProblem = { line: 1, text: "the file is nested too deeply to be read" };
const TOO_MANY_ALIASES: YamlProblem = {
  line: 1,
  text: `the file repeats itself by aliases (*name) more than ${MAX_ALIASES} times`,
};
const LOOSE_ALIAS = "an alias (*name) stands here without its anchor (&name); put text that begins with * in quotes";

/** @returns the problems, with their lines, when the text is not one sound YAML document. */
export function parseYaml(text: string): YamlValue | readonly YamlProblem[] {
  const deep = deepLine(text);
  if (deep !== undefined) return [{ ...TOO_DEEP, line: deep }];
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  } catch {
    return [TOO_DEEP]; // the parser's stack ran out
  }

  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return broken.slice(0, 20).map(({ code, pos }) => {
      return { line: lines.linePos(pos[0]).line, text: WORDS[code] ?? "the text is not valid YAML" };
    });
  }

  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof RangeError) return [TOO_DEEP];
    const loose = looseAlias(document);
    return loose === undefined ? [TOO_MANY_ALIASES] : [{ line: lineAt(loose), text: LOOSE_ALIAS }];
  }

  return {
    value,
    lineOf: (path) => lineAt(find(document, path)),
    lineOfKey(path, key) {
      const map = nodeAt(document, path);
      const pair = isMap(map) ? map.items.find((item) => keyOf(item.key) === key) : undefined;
      return pair && isNode(pair.key) ? lineAt(pair.key.range?.[0]) : lineAt(find(document, path));
    },
  };
}

/**
 * Line on which the text nests deeper than any configuration, found before the parser spends its memory on it.
 * Brackets in quotes count too: that many are not to be had by accident.
 */
function deepLine(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === OPEN_BRACKET || character === OPEN_BRACE) depth += 1;
    else if (character === CLOSE_BRACKET || character === CLOSE_BRACE) depth -= 1;
    if (depth > MAX_DEPTH) return text.slice(0, at).split("\n").length;
  }
  const dashes = MANY_DASHES.exec(text);
  return dashes ? text.slice(0, dashes.index).split("\n").length : undefined;
}

/** Offset of the first alias whose anchor does not stand before it. */
function looseAlias(document: Document.Parsed): number | undefined {
  const anchors = new Set<string>();
  let offset: number | undefined;
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) {
        if (node.anchor) anchors.add(node.anchor);
        return undefined;
      }
      if (anchors.has(node.source)) return undefined;
      offset = node.range?.[0];
      return visit.BREAK;
    },
  });
  return offset;
}

/** Offset of the deepest node that stands on `path`. Keys count, not values: a value may begin a line later. */
function find(document: Document.Parsed, path: Path): number | undefined {
  let offset = document.contents?.range?.[0];
  for (let depth = 1; depth <= path.length; depth++) {
    const holder = nodeAt(document, path.slice(0, depth - 1));
    const step = path[depth - 1];
    const found = isMap(holder) ? holder.items.find((item) => keyOf(item.key) === String(step)) : undefined;
    if (found && isNode(found.key)) offset = found.key.range?.[0] ?? offset;
    else if (isSeq(holder) && typeof step === "number" && isNode(holder.items[step])) {
      offset = (holder.items[step].range as [number, number, number] | undefined)?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function nodeAt(document: Document.Parsed, path: Path): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) node = node.items.find((item) => keyOf(item.key) === String(step))?.value;
    else if (isSeq(node) && typeof step === "number") node = node.items[step];
    else return undefined;
    if (isPair(node)) node = node.value;
  }
  return isAlias(node) ? node.resolve(document) : node;
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : "";
}
