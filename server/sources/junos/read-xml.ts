import { SaxesParser } from "saxes";
import type { Element } from "./element.ts";

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 5_000_000;

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

/**
 * Reads XML: no document type, no entities but the five of XML itself, a bounded depth. What stands on top may be several
 * elements, as in a saved answer.
 *
 * @throws SyntaxError for anything else.
 */
export function readXml(text: string): Element {
  const root: Open = { name: "", attributes: new Map(), children: [], text: "" };
  const open: Open[] = [root];
  let elements = 0;
  const parser = new SaxesParser({ fragment: true, position: false });
  parser.on("error", (error) => {
    throw new SyntaxError(`no XML: ${error.message.slice(0, 200)}`);
  });
  parser.on("doctype", () => {
    throw new SyntaxError("a document type, which no answer of a device has");
  });
  parser.on("opentag", ({ name, attributes }) => {
    elements += 1;
    if (open.length > MAX_DEPTH) throw new SyntaxError(`nested more than ${MAX_DEPTH} deep`);
    if (elements > MAX_ELEMENTS) throw new SyntaxError(`more than ${MAX_ELEMENTS} elements`);
    const local = Object.entries(attributes).map(([key, value]) => [bare(key), String(value)] as const);
    open.push({ name: bare(name), attributes: new Map(local), children: [], text: "" });
  });
  const addText = (words: string) => {
    const current = open.at(-1);
    if (current) current.text += words;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const done = open.pop();
    if (done) open.at(-1)?.children.push(done);
  });
  parser.write(text.replace(/^\uFEFF?\s*(<\?xml[^>]{0,200}\?>)?/, "")).close();
  if (root.children.length === 0) throw new SyntaxError("no element in it");
  return root;
}

function bare(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
