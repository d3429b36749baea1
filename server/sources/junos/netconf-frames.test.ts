import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameError, FrameReader, framed } from "./netconf-frames.ts";

/** The bytes of `text` in pieces of the given sizes, over and over. */
function* pieces(text: string, sizes: readonly number[]): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });

test.each([false, true])(
  "messages come out as they went in, however they are cut on the way (chunked: %s)",
  (chunked) => {
    const message = fc.string({ minLength: 1 }).filter((text) => !text.includes("]]>"));
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), sizes, (messages, cut) => {
        const reader = new FrameReader(1_000_000);
        if (chunked) reader.switchToChunks();
        const wire = messages.map((text) => framed(text, chunked)).join("");
        expect([...pieces(wire, cut)].flatMap((piece) => reader.take(piece))).toEqual(messages);
        expect(reader.pending).toBe(0);
      }),
    );
  },
);

test("a message may come in several chunks", () => {
  const reader = new FrameReader(100);
  reader.switchToChunks();
  expect(reader.take(Buffer.from("\n#4\n<rpc\n#2\n/>\n##\n"))).toEqual(["<rpc/>"]);
});

test.each(["x", "\n#0\n", "\n#01\n", "\n##\n", "\n#x\n", "\n#99999999999\n", "#4\nabcd", "\n#4\nabcdX"])(
  "%j is no framing",
  (wire) => {
    const reader = new FrameReader(100);
    reader.switchToChunks();
    expect(() => reader.take(Buffer.from(`${wire}${" ".repeat(20)}`))).toThrow(FrameError);
  },
);

test("no more than the limit is ever held, whether it is announced or only comes", () => {
  const announced = new FrameReader(1_000);
  announced.switchToChunks();
  expect(() => announced.take(Buffer.from("\n#1001\n"))).toThrow(/limit is 1000 bytes, and it announces 1001/);
  const endless = new FrameReader(1_000);
  expect(() => {
    for (let i = 0; i < 100; i++) endless.take(Buffer.alloc(100, "x"));
  }).toThrow(/limit is 1000 bytes/);
  expect(endless.pending).toBeLessThanOrEqual(1_200);
});
