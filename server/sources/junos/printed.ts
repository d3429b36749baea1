import type { Element } from "./element.ts";

const SECRET = /password|secret|authentication-key|auth-key/i;

/** An element as indented XML, for people: values of what looks like a key are masked. */
export function printed(element: Element, indent = ""): string {
  const { name, text, children } = element;
  const words = SECRET.test(name) ? "***" : escaped(text.trim());
  if (children.length === 0) return words === "" ? `${indent}<${name}/>` : `${indent}<${name}>${words}</${name}>`;
  const inner = children.map((child) => printed(child, `${indent}  `)).join("\n");
  return name === "" ? inner : `${indent}<${name}>\n${inner}\n${indent}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
