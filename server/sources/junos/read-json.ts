import type { Element } from "./element.ts";
import { NO_ATTRIBUTES } from "./element.ts";

const MAX_DEPTH = 64;

/**
 * Reads the JSON of Junos: every element is a list, its text stands under `data`, an empty flag is `[{"data": [null]}]`. Some
 * releases leave a comma behind the last member, which is no JSON; entities of XML are left undecoded in texts. The compact form
 * of newer releases, without the lists, is read as well.
 *
 * @throws SyntaxError for anything else.
 */
export function readJson(text: string): Element {
  const parsed = parseLenient(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new SyntaxError("no JSON object");
  return elementOf("", parsed, 0);
}

function parseLenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const mended = withoutTrailingCommas(text);
    if (mended === text) throw cause;
    return JSON.parse(mended);
  }
}

/** Commas before a closing bracket, but for those inside of texts. */
function withoutTrailingCommas(text: string): string {
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_all, string: string | undefined) => string ?? "");
}

function elementOf(name: string, value: unknown, depth: number): Element {
  if (depth > MAX_DEPTH) throw new SyntaxError(`nested more than ${MAX_DEPTH} deep`);
  if (typeof value !== "object" || value === null) {
    return { name, attributes: NO_ATTRIBUTES, text: leafText(value), children: [] };
  }
  const children: Element[] = [];
  let attributes = NO_ATTRIBUTES;
  let text = "";
  for (const [key, inner] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    if (key === "data") text = leafText(inner);
    else if (key === "attributes") attributes = attributesOf(inner);
    // A comment of XML, which says nothing.
    else if (key === "comment" && typeof inner === "string") continue;
    else if (Array.isArray(inner)) for (const each of inner) children.push(elementOf(bare(key), each, depth + 1));
    else children.push(elementOf(bare(key), inner, depth + 1));
  }
  return { name, attributes, text, children };
}

function leafText(value: unknown): string {
  if (typeof value === "string") return decoded(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function attributesOf(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) return NO_ATTRIBUTES;
  return new Map(Object.entries(value).map(([key, told]) => [bare(key), String(told)]));
}

function bare(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.includes("&")
    ? text.replaceAll(/&(lt|gt|amp|quot|apos);/g, (all, name: string) => ENTITIES[name] ?? all)
    : text;
}
