import { expect, test } from "vitest";
import type { NodeWays, Redundancy } from "../../lib/view/redundancy.ts";
import { standing } from "../../lib/view/redundancy.ts";
import { summaryLine, usualWays } from "./summary-line.ts";

function ways(racks: Readonly<Record<string, readonly (readonly [number | undefined, number])[]>>): Redundancy {
  const told = Object.entries(racks).map(([rack, nodes]) => ({
    rack,
    nodes: nodes.map(([left, expected], at): NodeWays => ({ name: `${rack}-node-${at}`, ways: left, expected })),
  }));
  const totals = { full: 0, reduced: 0, none: 0, notSeen: 0, total: 0 };
  for (const node of told.flatMap(({ nodes }) => nodes)) {
    totals[standing(node)] += 1;
    totals.total += 1;
  }
  return { racks: told, ...totals };
}

test("all is well: how many ways each node has", () => {
  expect(
    summaryLine(
      ways({
        r1: [
          [2, 2],
          [2, 2],
        ],
      }),
      [],
      0,
    ),
  ).toBe("All 2 nodes have two ways out.");
});

test("fewer ways are told with what there should be, and that nobody is cut off", () => {
  expect(
    summaryLine(
      ways({
        r1: [
          [1, 2],
          [1, 2],
          [2, 2],
        ],
      }),
      [],
      0,
    ),
  ).toBe("No node is cut off. 2 of 3 nodes have one way out instead of two.");
});

test("a node without a way is named", () => {
  expect(
    summaryLine(
      ways({
        r1: [
          [0, 2],
          [2, 2],
        ],
      }),
      [],
      0,
    ),
  ).toBe("r1-node-0 has no way out: its pods are cut off.");
});

test("what cannot be seen is never counted as cut off, and the promise is only for what we see", () => {
  expect(summaryLine(ways({ r1: [[2, 2]], r4: [[undefined, 2]] }), [], 0)).toBe(
    "No node that we see is cut off. 1 of 2 nodes have two ways out. Rack r4 cannot be seen.",
  );
});

test("a fabric of switches alone has nothing to say of nodes", () => {
  expect(summaryLine(ways({}), [], 0)).toBe("");
});

test("when nodes are built differently no number is promised", () => {
  expect(
    usualWays(
      ways({
        r1: [
          [2, 2],
          [4, 4],
        ],
      }),
    ),
  ).toBeUndefined();
  expect(
    usualWays(
      ways({
        r1: [
          [1, 4],
          [4, 4],
        ],
      }),
    ),
  ).toBe("four ways out");
});
