import { describe, expect, test } from "vitest";
import type { Ran } from "../command-runner.ts";
import { SUMMARY } from "./commands.ts";
import { vtyshClient, vtyshTrouble } from "./vtysh-client.ts";

function said(stdout: string, stderr = "", code = 0): ReturnType<typeof vtyshTrouble> {
  const ran: Ran = { ended: "exited", code, stdout, stderr };
  return vtyshTrouble(ran, "bgpd", SUMMARY, "vtysh");
}

/** What vtysh 8.4.4 was seen to say. */
describe("vtysh", () => {
  test("that answers in JSON is no trouble, whatever it says of its own configuration beside", () => {
    expect(said("{}\n")).toBeUndefined();
    expect(
      said("{}\n", "% Can't open configuration file /etc/frr/vtysh.conf due to 'Permission denied'.\n"),
    ).toBeUndefined();
  });

  test("that knows no such command refuses", () => {
    expect(said("% Unknown command: show bgp frobnicate json\n", "", 1)).toMatchObject({ reason: "refused" });
  });

  test("without a daemon says which to start", () => {
    expect(said("", "bgpd is not running\n", 1)).toMatchObject({ reason: "no-daemon" });
    expect(said("", "Exiting: failed to connect to any daemons.\n", 1)).toEqual({
      reason: "no-daemon",
      detail: "Exiting: failed to connect to any daemons.; start bgpd",
    });
  });

  test("without permission names the group", () => {
    const words =
      "% Can't open configuration file /etc/frr/vtysh.conf due to 'Permission denied'.\n" +
      "Exiting: failed to connect to any daemons.\nHint: if this seems wrong, try running me as a privileged user!\n";
    expect(said("", words, 1)?.reason).toBe("refused");
    expect(said("", words, 1)?.detail).toContain("frrvty");
  });

  test("whose daemon dies in the middle is cut off, though it exits with 0", () => {
    expect(said("vtysh: error reading from bgpd: Success (0)\n")?.reason).toBe("cut-off");
    expect(said('{"default"', "vtysh: error reading from bgpd: Success (0)\n")?.reason).toBe("cut-off");
  });

  test("that fails without a word is told with its code", () => {
    expect(said("", "", 127)).toEqual({ reason: "failed", detail: "exit code 127, and no text" });
    expect(said("", "Error response from daemon: No such container: frr\n", 1)).toEqual({
      reason: "failed",
      detail: "Error response from daemon: No such container: frr",
    });
  });
});

describe("the client", () => {
  const budget = { signal: new AbortController().signal, deadlineAt: Date.now() + 10_000, maxAnswerBytes: 10_000 };

  test("gives the command to vtysh as one argument, behind what stands before", async () => {
    const script = "console.log(JSON.stringify(process.argv.slice(1)))";
    const client = vtyshClient("leaf1/frr", [process.execPath, "-e", script, "--"]);
    expect(JSON.parse(await client.ask(SUMMARY, budget))).toEqual(["-d", "bgpd", "-c", SUMMARY]);
  });

  test("never runs a command that is not on the list", async () => {
    const client = vtyshClient("leaf1/frr", ["/nonexistent/vtysh"]);
    await expect(client.ask("clear bgp *", budget)).rejects.toThrow(RangeError);
  });

  test("says that vtysh is not there", async () => {
    const client = vtyshClient("leaf1/frr", ["/nonexistent/vtysh"]);
    await expect(client.ask(SUMMARY, budget)).rejects.toThrow(/\/nonexistent\/vtysh cannot be run \(ENOENT\)/);
  });
});
