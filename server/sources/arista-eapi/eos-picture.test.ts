import { expect, test } from "vitest";
import { switchPicture } from "../switch/picture.ts";
import { EOS } from "./eos-dialect.ts";
import { story } from "./test-captures.ts";

const STORY = "one-leaf-five-faults";
/** When the switch of the story was asked, by its own clock. */
const CLOCK_AT = 1_721_080_300_500;

function picture(askedAt: number) {
  const made = switchPicture("leaf-1", EOS);
  made.take("version", "show version", story(STORY, "show version"), askedAt);
  made.take("summary", "show bgp summary vrf all", story(STORY, "show bgp summary vrf all"), askedAt);
  return made;
}

test("instants are told by our clock where the switch's is wrong", () => {
  const right = picture(CLOCK_AT + 900);
  expect(right.neighbors()[0]?.since).toBe(1_721_080_000_250);
  const hourBehind = picture(CLOCK_AT + 3_600_000);
  expect(hourBehind.neighbors()[0]?.since).toBe(1_721_080_000_250 + 3_600_000);
  expect(hourBehind.facts().startedAt).toBe(1_721_000_000_500 + 3_600_000);
});

test("the age of an error that wanders by a second is no change, and a new error is one", () => {
  const made = picture(CLOCK_AT);
  const details = JSON.stringify(story(STORY, "show bgp neighbors vrf all"));
  made.take("neighbors", "show bgp neighbors vrf all", JSON.parse(details), CLOCK_AT);
  const before = made.neighbors();
  made.take("neighbors", "show bgp neighbors vrf all", JSON.parse(details), CLOCK_AT + 1_400);
  expect(made.neighbors()).toBe(before);
  made.take("neighbors", "show bgp neighbors vrf all", JSON.parse(details), CLOCK_AT + 15_000);
  expect(made.neighbors()).not.toBe(before);
  expect(made.neighbors()[0]).toBe(before[0]);
});

test("prefix counts do not stir, states do", () => {
  const made = picture(CLOCK_AT);
  expect([made.stirred(), made.stirred()]).toEqual([true, false]);
  const more = JSON.stringify(story(STORY, "show bgp summary vrf all")).replaceAll(
    '"nlrisReceived":12',
    '"nlrisReceived":13',
  );
  made.take("summary", "show bgp summary vrf all", JSON.parse(more), CLOCK_AT);
  expect([made.stirred(), made.neighbors()[0]?.families[0]?.received]).toEqual([false, 13]);
  made.take("summary", "show bgp summary vrf all", JSON.parse(more.replace("Active", "Connect")), CLOCK_AT);
  expect(made.stirred()).toBe(true);
});

test("summaries of each family and the one over all exclude each other", () => {
  const made = picture(CLOCK_AT);
  made.take(
    "summary",
    "show ip bgp summary vrf all",
    story("two-peers-one-active", "show ip bgp summary vrf all"),
    CLOCK_AT,
  );
  expect(made.neighbors().map((each) => each.neighborAddress)).toEqual(["192.0.2.1", "192.0.2.2"]);
});
