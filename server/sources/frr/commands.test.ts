import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daemonFor, oneNeighborCommand } from "./commands.ts";

describe("the list of commands", () => {
  test.each([
    "show bgp neighbors graceful-restart json", // aborts bgpd 8.4.4
    "show bgp ipv4 neighbors graceful-restart json",
    "show bgp vrf all neighbors graceful-restart json",
    "show bgp vrf default neighbors graceful-restart json",
    "show bgp vrf default neighbors GRACEFUL-RESTART json",
    "show bgp vrf default neighbors graceful- json",
    "show bgp vrf default neighbors gr json",
    "show running-config",
    "enable",
    "configure terminal",
    "clear bgp *",
    "show bgp vrf all summary json\0configure terminal",
    "show bgp vrf all summary json\n",
    " show bgp vrf all summary json",
    "show bgp vrf default neighbors 10.0.0.1 json | include x",
    "show bgp vrf default neighbors 10.0.0.1 graceful-restart json",
    "show bgp vrf all neighbors advertised json",
    "",
  ])("does not hold %j", (command) => {
    expect(daemonFor(command)).toBeUndefined();
  });

  test("names the daemon that knows the command", () => {
    expect(daemonFor("show bgp vrf all summary json")).toBe("bgpd");
    expect(daemonFor("show interface vrf all json")).toBe("zebra");
    expect(daemonFor("show bfd peers json")).toBe("bfdd");
  });

  test("holds one neighbor by address or by port", () => {
    expect(oneNeighborCommand("default", "10.0.0.1")).toBe("show bgp vrf default neighbors 10.0.0.1 json");
    expect(oneNeighborCommand("red", "fd99::2")).toBe("show bgp vrf red neighbors fd99::2 json");
    expect(oneNeighborCommand("default", "swp1")).toBeDefined();
    expect(oneNeighborCommand("default", "eth1.100")).toBeDefined();
    expect(oneNeighborCommand("de fault", "10.0.0.1")).toBeUndefined();
    expect(oneNeighborCommand("default", "peers")).toBeUndefined();
  });

  test("builds no command that holds a line end, a NUL or a sixth or later word from outside", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (vrf, key) => {
        const command = oneNeighborCommand(vrf, key);
        if (command !== undefined) expect(command).toMatch(/^show bgp vrf [\w.-]+ neighbors [\w.:-]+ json$/);
      }),
    );
  });
});
