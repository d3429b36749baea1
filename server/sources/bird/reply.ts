/**
 * BIRD's control protocol, as its `nest/cli.c` writes it. A reply is lines of `NNNN-text` and ends with one `NNNN text`.
 * A line that begins with a blank belongs to the code before it, one that begins with `+` is a log line that nobody asked for.
 */

/** 0xxx, 8xxx or 9xxx: 0000, but also 0013 after `show status`, 0014 after `show route count`. */
export interface LastLine {
  readonly code: number;
  readonly text: string;
}

export interface Piece {
  /** Whole lines, each with its LF, without log lines. The last line of the reply is among them. */
  readonly lines: string;
  /** Present when the reply is complete. */
  readonly last?: LastLine;
}

/** Starts of lines that need a look: everything else is data, and goes through without one. */
const NOTABLE = /\n(?:\+|[089]\d{3}(?:[ \r]|(?=\n)))/g;

/**
 * Cuts what arrives into pieces of replies. Linear in what arrives, whatever the size of chunks and lines, and it keeps
 * no more than one unfinished line: a reply of 20 MB passes through in pieces as it comes.
 */
export class ReplyCutter {
  /** The unfinished line, in the chunks in which it came. */
  #unfinished: string[] = [];

  /** @throws SyntaxError when a line is none of the protocol's. */
  take(chunk: string): Piece[] {
    const lineEnd = chunk.lastIndexOf("\n") + 1;
    if (lineEnd === 0) {
      if (this.#unfinished.length === 0) refuseForeign(chunk, 0);
      this.#unfinished.push(chunk);
      return [];
    }
    this.#unfinished.push(chunk.slice(0, lineEnd));
    const lines = this.#unfinished.length === 1 ? chunk.slice(0, lineEnd) : this.#unfinished.join("");
    this.#unfinished = lineEnd < chunk.length ? [chunk.slice(lineEnd)] : [];
    return cut(lines);
  }
}

/** Splits whole lines at the ends of replies. The last piece has no `last` when its reply goes on. */
export function cut(lines: string): Piece[] {
  refuseForeign(lines, 0);
  const pieces: Piece[] = [];
  let kept = "";
  let from = 0;
  const look = (start: number): void => {
    const end = lines.indexOf("\n", start) + 1 || lines.length;
    if (lines.charCodeAt(start) === PLUS) {
      kept += lines.slice(from, start);
      from = end;
    } else {
      pieces.push({ lines: kept + lines.slice(from, end), last: lastLine(lines.slice(start, end)) });
      kept = "";
      from = end;
    }
  };

  if (/^(?:\+|[089]\d{3}(?:[ \r\n]|$))/.test(lines)) look(0);
  NOTABLE.lastIndex = 0;
  for (let found = NOTABLE.exec(lines); found; found = NOTABLE.exec(lines)) {
    look(found.index + 1);
    NOTABLE.lastIndex = Math.max(found.index + 1, from - 1);
  }
  if (kept !== "" || from < lines.length) pieces.push({ lines: kept + lines.slice(from) });
  return pieces;
}

const PLUS = 43;

function lastLine(line: string): LastLine {
  return { code: Number(line.slice(0, 4)), text: line.slice(5).trim() };
}

function refuseForeign(text: string, at: number): void {
  if (!/[\d+ \n\r]/.test(text.charAt(at) || " ")) {
    throw new SyntaxError(`not BIRD's control protocol: a line begins with ${JSON.stringify(text.slice(at, at + 60))}`);
  }
}

/** 8xxx: the command could not be done. 9xxx: it was not understood. */
export function isRefusal({ code }: LastLine): boolean {
  return code >= 8000;
}
