import type { Outcome } from "../switch/outcome.ts";
import { wordsOf } from "../switch/scalars.ts";
import { allNamed, child, type Element, textOf } from "./element.ts";
import { readJson } from "./read-json.ts";
import { readXml } from "./read-xml.ts";

/** An answer, whichever way it is written. @throws SyntaxError for what is neither XML nor JSON. */
export function readReply(text: string): Element {
  const head = text
    .slice(0, 1_000)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (head.startsWith("{")) return readJson(text);
  if (head.startsWith("<")) return readXml(text);
  throw new SyntaxError(`a text, where XML or JSON is asked for: ${JSON.stringify(wordsOf(head, 60) ?? "")}`);
}

/** What became of one RPC. An error beside data is told with the data: one routing engine of two may have failed. */
export function outcomeOf(reply: Element): Outcome {
  const errors = [...allNamed(reply, "rpc-error"), ...allNamed(reply, "error")].filter(isFailure).map(errorText);
  const data = reply.children.some((each) => holdsData(each));
  if (errors.length > 0 && !data) {
    const text = errors.join("; ").slice(0, 500);
    return { ok: false, why: troubleOf(text), text };
  }
  const notRunning = allNamed(reply, "output").find(({ text }) => /is not running|instance is not/i.test(text));
  if (notRunning) return { ok: false, why: "inactive", text: wordsOf(notRunning.text, 200) ?? "" };
  return { ok: true, answer: reply };
}

function isFailure(error: Element): boolean {
  return textOf(error, "error-severity") !== "warning";
}

function errorText(error: Element): string {
  const message = textOf(error, "error-message") ?? error.text;
  const element = child(error, "error-info") && textOf(child(error, "error-info"), "bad-element");
  return wordsOf(`${message}${element ? ` (${element})` : ""}`, 300) ?? "an error without a text";
}

function holdsData({ name, children }: Element): boolean {
  if (name === "rpc-error" || name === "error" || name === "ok") return false;
  if (name === "rpc-reply" || name === "multi-routing-engine-results" || name === "multi-routing-engine-item") {
    return children.some(holdsData);
  }
  return name !== "re-name";
}

function troubleOf(text: string): "inactive" | "invalid" | "refused" | "failed" {
  if (/permission denied|not authorized|authorization/i.test(text)) return "refused";
  if (/is not running/i.test(text)) return "inactive";
  if (/syntax error|unknown (command|element)|no such|invalid/i.test(text)) return "invalid";
  return "failed";
}
