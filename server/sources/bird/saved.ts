import { cut, isRefusal, type LastLine } from "./reply.ts";

/**
 * The data lines of a saved answer, in the form of the socket: from the socket itself, from `birdc`/`birdcl` (without
 * codes), or from `birdc -v` (codes, and continuation lines that are indented by five).
 *
 * @throws SyntaxError when the daemon refused the command, and when a socket's answer stops before its last line: half a
 *   list of neighbors must not pass for a list.
 */
export function savedAnswer(text: string): string {
  const unix = text.replaceAll("\r\n", "\n").replace(/^\ufeff/, "");
  const whole = unix.endsWith("\n") ? unix : `${unix}\n`;
  if (whole.trim() === "") throw new SyntaxError("the answer is empty");
  const form = formOf(whole);
  if (form === "birdc") return plain(whole);
  return form === "birdc -v" ? verbose(whole) : fromSocket(whole);
}

function formOf(text: string): "socket" | "birdc" | "birdc -v" {
  const data = text.replace(GREETING, "").replace(RESTRICTED, "");
  if (!/^\d{4}(?:[- ]|$)/m.test(data)) return "birdc";
  // A last line alone is what calico's test data has: codes at both ends, none between.
  if (!/^\d{4}-/m.test(data) && /^[A-Za-z]/m.test(data)) return "birdc";
  // `birdc -v` writes five blanks where the socket has one, before what the daemon itself indents: by two or four behind a
  // 1006 (details), by nothing behind any other code.
  return /^1006-.*\n {7}|^(?!1006)\d{4}-.*\n {5}\S/m.test(data) ? "birdc -v" : "socket";
}

const GREETING = /^(?:0001 )?BIRD .* ready\.\n/;
const RESTRICTED = /^(?:0016 )?Access restricted\n/;

function fromSocket(text: string): string {
  let lines = "";
  for (const piece of cut(text)) {
    lines += piece.lines;
    if (!piece.last) break;
    if (isRefusal(piece.last)) throw new SyntaxError(refusal(piece.last));
    if (piece.last.code === 1 || piece.last.code === 16) lines = "";
    else return lines;
  }
  throw new SyntaxError("the answer stops before its last line (`NNNN `, a code and a blank): it was cut off");
}

/** `birdc -v` prints no `0000 `; whether the end is missing cannot be seen. */
function verbose(text: string): string {
  const data = text.replace(GREETING, "").replace(RESTRICTED, "").replaceAll(/^ {5}/gm, " ");
  const last = cut(data).at(-1)?.last;
  if (last && isRefusal(last)) throw new SyntaxError(refusal(last));
  return data;
}

function plain(text: string): string {
  const data = text
    .replace(GREETING, "")
    .replace(RESTRICTED, "")
    .replace(/^\d{4} ?\n[\s\S]*$/m, "");
  const complaint =
    /^(?:Unable to connect|syntax error|There is no|No such|.* is not a |No protocols? match|Access denied).*/.exec(
      data,
    );
  if (complaint && !data.includes("\n", complaint[0].length + 1)) throw new SyntaxError(`BIRD says: ${complaint[0]}`);
  return data.replaceAll(/^/gm, " ").replace(/ $/, "");
}

export function refusal({ code, text }: LastLine): string {
  return `BIRD answers ${String(code).padStart(4, "0")} ${text || "without a word"}`;
}
