import { expect, test } from "vitest";
import { z } from "zod";
import { issueSentence } from "./issue-text.ts";

const Peer = z.object({
  state: z.string(),
  asn: z.union([z.number(), z.object({ text: z.string() })]),
  mode: z.enum(["a", "b"]).optional(),
  ports: z.array(z.int()).max(2).optional(),
});
const Answer = z.object({ vrfs: z.record(z.string(), Peer) });

test.each([
  [{ asn: 1 }, "vrfs.default.state is missing"],
  [{ state: 7, asn: 1 }, "vrfs.default.state must be text"],
  [{ state: "up" }, "vrfs.default.asn is missing"],
  [{ state: "up", asn: {} }, "vrfs.default.asn.text is missing"],
  [{ state: "up", asn: 1, mode: "c" }, "vrfs.default.mode must be one of a, b"],
  [{ state: "up", asn: 1, ports: ["x"] }, "vrfs.default.ports.0 must be a number"],
  [{ state: "up", asn: 1, ports: [1, 2, 3] }, "vrfs.default.ports must hold at most 2 entries"],
])("%j: %s", (peer, sentence) => {
  const { error } = Answer.safeParse({ vrfs: { default: peer } });
  expect(error?.issues.map(issueSentence)).toEqual([sentence]);
});

test("a whole that is of another kind is told too", () => {
  expect(Answer.safeParse([]).error?.issues.map(issueSentence)).toEqual(["the whole must be a map of keys and values"]);
});
