import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cut, ReplyCutter } from "./reply.ts";

const STATUS = "1000-BIRD 2.0.12\n1011-Router ID is 10.0.0.2\n Hostname is node-1\n0013 Daemon is up and running\n";

function takeAll(chunks: readonly string[]) {
  const cutter = new ReplyCutter();
  return chunks.flatMap((chunk) => cutter.take(chunk));
}

describe("the control protocol", () => {
  test("a reply ends at any 0xxx, 8xxx or 9xxx with a blank, not only at 0000", () => {
    for (const last of [
      "0000 ",
      "0013 Daemon is up and running",
      "0014 19 of 19 routes",
      "8007 Access denied",
      "9001 syntax error",
    ]) {
      const [piece] = cut(`1000-BIRD\n${last}\n`);
      expect(piece?.last).toEqual({ code: Number(last.slice(0, 4)), text: last.slice(5) });
    }
  });

  test("data does not end a reply, though it looks like a code: it stands behind a blank", () => {
    expect(cut("1006-  Description:    x\n 0000 \n 0013 done\n")).toEqual([
      { lines: "1006-  Description:    x\n 0000 \n 0013 done\n" },
    ]);
  });

  test("log lines that nobody asked for are left out, wherever they stand", () => {
    const pieces = cut(`+bird: Reconfigured\n${STATUS.replace(" Hostname", "+log\n+more\n Hostname")}`);
    expect(pieces).toEqual([{ lines: STATUS, last: { code: 13, text: "Daemon is up and running" } }]);
  });

  test("two replies in one chunk are two", () => {
    const pieces = cut(`0001 BIRD 2.0.12 ready.\n0016 Access restricted\n${STATUS}1002-half`);
    expect(pieces.map(({ last }) => last?.code)).toEqual([1, 16, 13, undefined]);
    expect(pieces[2]?.lines).toBe(STATUS);
  });

  test("however the bytes are cut, the same lines and ends come out", () => {
    const text = `${STATUS}+log\n${STATUS}`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = takeAll(at.slice(1).map((end, i) => text.slice(at[i], end)));
        expect(pieces.map(({ lines }) => lines).join("")).toBe(STATUS + STATUS);
        expect(pieces.filter(({ last }) => last).length).toBe(2);
      }),
    );
  });

  test("what speaks another protocol is refused with its first words", () => {
    expect(() => takeAll(["HTTP/1.1 400 Bad Request\r\n"])).toThrow(/HTTP\/1.1 400/);
    expect(() => takeAll(["SSH-2.0-Open"])).toThrow(SyntaxError);
  });

  test("a line of 8 MB in small chunks costs no more than its length", () => {
    const cutter = new ReplyCutter();
    const chunk = "x".repeat(4096);
    const startedAt = performance.now();
    cutter.take("1006-");
    for (let i = 0; i < 2048; i++) cutter.take(chunk);
    const [piece] = cutter.take("\n0000 \n");
    expect(piece?.lines.length).toBe(2048 * 4096 + 5 + 1 + 6);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
