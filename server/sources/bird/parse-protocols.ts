import { looksLikeTime } from "./since.ts";

/** One row of `show protocols` of a BGP protocol, and what stands below it in `show protocols all`. */
export interface BgpBlock {
  readonly row: BgpRow;
  /** Details, as whole lines of the socket; "" where only the row was asked. */
  readonly details: string;
  /** All of it, for people. */
  readonly text: string;
}

export interface BgpRow {
  /** The row as it came, without its code: the same text means that nothing changed. */
  readonly line: string;
  readonly name: string;
  /** `up`, `start`, `down`, `wait`, `feed`, `stop`, `flush`: the protocol's state, not BGP's. */
  readonly protocolState: string;
  /** One word, or date and time. "" where none is printed. */
  readonly since: string;
  /** BGP's state and the last error, or why the protocol is down. "" when an operator disabled it. */
  readonly info: string;
}

const PROTOCOL_STATES = new Set(["up", "start", "down", "wait", "feed", "stop", "flush"]);
const MAX_NAME_CHARS = 256;

/**
 * Finds the BGP protocols in the pieces of `show protocols` or `show protocols all`, in order, each as soon as it is
 * complete. `rows` counts the protocols of every kind.
 */
export class ProtocolReader {
  rows = 0;
  /** A protocol of kind BFD runs, so that `show bfd sessions` has an answer. */
  bfd = false;
  readonly #each: (block: BgpBlock) => void;
  /** Lines of the block that is not complete yet, in the pieces in which they came. */
  #open: string[] = [];
  #sawHeading = false;

  constructor(each: (block: BgpBlock) => void) {
    this.#each = each;
  }

  /** @throws SyntaxError for a heading or a row that is none of BIRD's. */
  take(lines: string): void {
    let from = 0;
    if (lines.startsWith("1002-")) this.#close();
    for (let at = lines.indexOf(ROW); at >= 0; at = lines.indexOf(ROW, at + 1)) {
      this.#open.push(lines.slice(from, at + 1));
      this.#close();
      from = at + 1;
    }
    if (from < lines.length) this.#open.push(lines.slice(from));
  }

  end(): void {
    this.#close();
    if (!this.#sawHeading && this.rows === 0) throw new SyntaxError("no list of protocols in this answer");
  }

  #close(): void {
    const text = this.#open.length === 1 ? (this.#open[0] ?? "") : this.#open.join("");
    this.#open = [];
    let at = 0;
    while (at < text.length) at = this.#block(text, at);
  }

  /** Reads the line at `at`, and if it is a row, its details too; answers where the next line begins. */
  #block(text: string, at: number): number {
    const end = lineEnd(text, at);
    const start = at + prefixLength(text, at);
    if (start >= end || isDetail(text, start, end)) return end + 1;
    if (isHeading(text, at, start, end)) {
      this.#sawHeading = true;
      return end + 1;
    }
    if (isLastLine(text, at)) return text.length;

    const line = text.slice(start, end);
    const words = firstWords(line);
    this.rows++;
    const detailsEnd = endOfDetails(text, end + 1);
    if (words.kind === "BGP") this.#each({ row: bgpRow(line, words), ...parts(text, at, end + 1, detailsEnd) });
    else if (words.kind === "BFD") this.bfd = words.state === "up";
    else if (words.kind === "") throw new SyntaxError(`not a row of protocols: ${JSON.stringify(line.slice(0, 80))}`);
    return detailsEnd;
  }
}

const MAX_UNREAD_LINES = 20;

/** A few odd lines are left out; a list with more of them is none that we understand. @throws SyntaxError */
export function refuseUnread(lines: number): void {
  if (lines > MAX_UNREAD_LINES) throw new SyntaxError(`${lines} lines have a form that we do not know`);
}

const ROW = "\n1002-";
const BLANK = 32;
const TAB = 9;

interface Words {
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  /** Where the fifth word begins, or the end of the line. */
  readonly rest: number;
}

function parts(text: string, at: number, from: number, to: number): { details: string; text: string } {
  return { details: from < to ? text.slice(from, to) : "", text: text.slice(at, to) };
}

function bgpRow(line: string, { name, state, rest }: Words): BgpRow {
  if (!PROTOCOL_STATES.has(state) || name.length > MAX_NAME_CHARS) {
    throw new SyntaxError(`not a row of a BGP protocol: ${JSON.stringify(line.slice(0, 80))}`);
  }
  let end = wordEnd(line, rest);
  const next = skipBlanks(line, end);
  const nextEnd = wordEnd(line, next);
  // `timeformat ... iso long` puts a blank into the column.
  if (next < nextEnd && looksLikeTime(line.slice(next, nextEnd))) end = nextEnd;
  return { line, name, protocolState: state, since: line.slice(rest, end), info: line.slice(end).trim() };
}

/** Columns are padded, but a long name pushes them to the right: only blanks part them. */
function firstWords(line: string): Words {
  const nameEnd = wordEnd(line, 0);
  const kind = skipBlanks(line, nameEnd);
  const kindEnd = wordEnd(line, kind);
  const table = skipBlanks(line, kindEnd);
  const state = skipBlanks(line, wordEnd(line, table));
  const stateEnd = wordEnd(line, state);
  return {
    name: line.slice(0, nameEnd),
    kind: line.slice(kind, kindEnd),
    state: line.slice(state, stateEnd),
    rest: skipBlanks(line, stateEnd),
  };
}

function wordEnd(line: string, from: number): number {
  const end = line.indexOf(" ", from);
  return end < 0 ? line.length : end;
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === BLANK) at++;
  return at;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** `NNNN-` or `NNNN `, or the one blank of a line that continues the code before it. */
function prefixLength(text: string, at: number): number {
  return text.charCodeAt(at) === BLANK ? 1 : 5;
}

/** Details are indented by two, or are keys with a colon where somebody took the indentation away. */
function isDetail(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (first === BLANK || first === TAB) return true;
  const colon = text.indexOf(":", start);
  if (colon < 0 || colon >= end) return false;
  return colon - start <= 20 && /^[A-Z][A-Za-z ]+$/.test(text.slice(start, colon));
}

function isLastLine(text: string, at: number): boolean {
  return text.charCodeAt(at) !== BLANK && text.charCodeAt(at + 4) !== 45;
}

/** @throws SyntaxError for columns that we do not know. */
function isHeading(text: string, at: number, start: number, end: number): boolean {
  const coded = text.startsWith("2002", at);
  if (!coded && !/^name +proto +/i.test(text.slice(start, Math.min(end, start + 40)))) return false;
  const heading = text.slice(start, end).trim();
  if (!/^name +proto +table +state +since +info$/i.test(heading)) {
    throw new SyntaxError(`the columns of this list are not BIRD's: ${JSON.stringify(heading.slice(0, 120))}`);
  }
  return true;
}

/** Details go on while lines are details; an empty line, one blank on the socket, belongs to them. */
function endOfDetails(text: string, from: number): number {
  let at = from;
  if (text.startsWith("1006-", from)) {
    // Coded, so that whatever follows up to the next code is details: only the reply's own end may stand there.
    at = text.lastIndexOf("\n", text.length - 2) + 1;
  }
  while (at < text.length) {
    const end = lineEnd(text, at);
    const start = at + prefixLength(text, at);
    if (start < end && !isDetail(text, start, end)) break;
    if (isLastLine(text, at)) break;
    at = end + 1;
  }
  return Math.min(at, text.length);
}
