/**
 * One form for what Junos says, in XML or in JSON: elements with text, attributes and children. Prefixes of namespaces are left
 * away, for releases differ in them.
 */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly children: readonly Element[];
}

export const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

export function child(of: Element | undefined, name: string): Element | undefined {
  return of?.children.find((each) => each.name === name);
}

export function childrenOf(of: Element | undefined, name: string): readonly Element[] {
  return of?.children.filter((each) => each.name === name) ?? [];
}

/** Text of the first child of that name; undefined where there is none, or it is empty. */
export function textOf(of: Element | undefined, name: string): string | undefined {
  return child(of, name)?.text.trim() || undefined;
}

/** A count that cannot be negative, up to 2^53; undefined for anything else. */
export function countOf(of: Element | undefined, name: string): number | undefined {
  const text = textOf(of, name);
  const count = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
  return count !== undefined && Number.isSafeInteger(count) ? count : undefined;
}

/** Seconds of a duration or date, as the attribute tells them beside the words. */
export function secondsOf(of: Element | undefined, name: string): number | undefined {
  const seconds = child(of, name)?.attributes.get("seconds");
  return seconds !== undefined && /^\d{1,12}$/.test(seconds) ? Number(seconds) : undefined;
}

const MOST_WRAPPED = 6;

/** Every element of that name, wherever it stands: routing engines and envelopes wrap answers. It is not looked for in itself. */
export function allNamed(root: Element, name: string, depth = 0): readonly Element[] {
  if (root.name === name) return [root];
  if (depth === MOST_WRAPPED) return [];
  return root.children.flatMap((each) => allNamed(each, name, depth + 1));
}

/** @throws SyntaxError where it is missing. */
export function neededNamed(root: Element, name: string): readonly Element[] {
  const found = allNamed(root, name);
  if (found.length > 0) return found;
  throw new SyntaxError(`no <${name}> in it`);
}
