import fc from "fast-check";
import { expect, test } from "vitest";
import { type ReplyProgress, VtyReply } from "./vty-reply.ts";

const REPLY = Buffer.from('{\n  "über": "Zürich"\n}\n\0\0\0\x01', "utf8");

function collect(pieces: readonly Buffer[]): ReplyProgress[] {
  const reply = new VtyReply();
  return pieces.map((piece) => reply.add(piece));
}

test("a reply is whole with its status byte, wherever it is cut in two", () => {
  for (let at = 0; at < REPLY.length; at++) {
    const [first, second] = collect([REPLY.subarray(0, at), REPLY.subarray(at)]);
    expect(first, `cut at ${at}`).toEqual({ state: "incomplete" });
    expect(second, `cut at ${at}`).toEqual({ state: "complete", text: '{\n  "über": "Zürich"\n}\n', status: 1 });
  }
});

test("a reply that arrives byte by byte is whole at the last byte and not before", () => {
  const progress = collect([...REPLY].map((byte) => Buffer.from([byte])));
  expect(progress.slice(0, -1).every(({ state }) => state === "incomplete")).toBe(true);
  expect(progress.at(-1)?.state).toBe("complete");
});

test("an empty reply is its trailer", () => {
  expect(collect([Buffer.from([0, 0, 0, 0])])).toEqual([{ state: "complete", text: "", status: 0 }]);
});

test("a NUL in the middle, or text behind the trailer, is nonsense", () => {
  expect(collect([Buffer.from("a\0b")])[0]?.state).toBe("nonsense");
  expect(collect([Buffer.from("a\0\0\0\0more")])[0]?.state).toBe("nonsense");
});

test("text without a NUL comes out as it went in, in whatever pieces", () => {
  const text = fc.string({ unit: "binary", maxLength: 60 }).map((raw) => raw.replaceAll("\0", ""));
  fc.assert(
    fc.property(text, fc.array(fc.nat(80), { maxLength: 5 }), (sent, cuts) => {
      const bytes = Buffer.concat([Buffer.from(sent, "utf8"), Buffer.from([0, 0, 0, 0])]);
      const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const pieces = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
      const last = collect(pieces.filter((piece) => piece.length > 0)).at(-1);
      expect(last).toEqual({ state: "complete", text: sent.toWellFormed(), status: 0 });
    }),
  );
});
