import { chmodSync, linkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SourceError } from "../source-error.ts";
import { NEIGHBORS, SUMMARY } from "./commands.ts";
import { vtyClient } from "./vty-client.ts";
import { answering, TRAILER, type VtyServers, vtyServers } from "./vty-server.ts";

let servers: VtyServers;
beforeEach(() => {
  servers = vtyServers();
});
afterEach(() => servers.close());

function ask(command = SUMMARY, ms = 2_000, maxAnswerBytes = 100_000, signal = new AbortController().signal) {
  const client = vtyClient("leaf1/frr", servers.directory);
  return client.ask(command, { signal, deadlineAt: Date.now() + ms, maxAnswerBytes });
}

async function failure(asked: Promise<unknown>): Promise<SourceError> {
  const error = await asked.then(
    () => new Error("answered"),
    (cause: unknown) => cause,
  );
  if (!(error instanceof SourceError)) throw error;
  return error;
}

describe("an answer", () => {
  test("is the text without its trailer", async () => {
    await servers.listen("bgpd", answering('{"default":{}}\n'));
    expect(await ask()).toBe('{"default":{}}\n');
    expect(servers.asked).toEqual([SUMMARY]); // and never "enable"
  });

  test("with a warning's status is still an answer when it is JSON", async () => {
    await servers.listen("bgpd", (_, socket) => void socket.write(Buffer.from("{\n}\n\0\0\0\x01")));
    expect(await ask()).toBe("{\n}\n");
  });

  test("that says no is refused, with the daemon's words", async () => {
    await servers.listen("bgpd", (_, socket) => void socket.write("% [BGP] Unknown command: show x\n\0\0\0\x02"));
    const error = await failure(ask());
    expect(error.reason).toBe("refused");
    expect(error.message).toContain("% [BGP] Unknown command: show x");
    expect(error.message).toContain("bgpd");
  });
});

describe("a daemon that is not there", () => {
  test("without a socket is named, with what to look at", async () => {
    const error = await failure(ask());
    expect(error.reason).toBe("no-daemon");
    expect(error.message).toContain(`there is no ${join(servers.directory, "bgpd.vty")}`);
  });

  test("with a socket that was left behind has ended", async () => {
    const server = createServer();
    const path = join(servers.directory, "left.vty");
    await new Promise<void>((resolve) => server.listen(path, resolve));
    linkSync(path, join(servers.directory, "bgpd.vty")); // Node removes the first name when it closes
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(ask());
    expect(error.reason).toBe("no-daemon");
    expect(error.message).toContain("start it again");
  });

  test.skipIf(process.getuid?.() === 0)("whose socket is not ours to open names the group (not as root)", async () => {
    await servers.listen("bgpd", answering("{}"));
    chmodSync(join(servers.directory, "bgpd.vty"), 0o000);
    const error = await failure(ask());
    expect(error.reason).toBe("refused");
    expect(error.message).toContain("frrvty");
  });

  test("with a file in place of the socket could not be asked", async () => {
    writeFileSync(join(servers.directory, "bgpd.vty"), "");
    expect(["no-daemon", "failed"]).toContain((await failure(ask())).reason);
  });
});

describe("a daemon that is ill", () => {
  test("and hangs is left at the deadline", async () => {
    await servers.listen("bgpd", () => undefined);
    const startedAt = Date.now();
    expect((await failure(ask(SUMMARY, 150))).reason).toBe("timeout");
    expect(Date.now() - startedAt).toBeLessThan(600);
  });

  test("and drips a byte now and then is left at the same deadline", async () => {
    await servers.listen("bgpd", (_, socket) => {
      const timer = setInterval(() => socket.write(" "), 20);
      socket.on("close", () => clearInterval(timer));
    });
    const startedAt = Date.now();
    expect((await failure(ask(SUMMARY, 200))).reason).toBe("timeout");
    expect(Date.now() - startedAt).toBeLessThan(700);
  });

  test("and never stops is cut at the cap", async () => {
    await servers.listen("bgpd", (_, socket) => {
      const pour = () => {
        while (socket.writable && socket.write(Buffer.alloc(65_536, 120)));
      };
      socket.on("drain", pour);
      pour();
    });
    const error = await failure(ask(SUMMARY, 2_000, 300_000));
    expect(error.reason).toBe("too-large");
    expect(error.message).toContain("300000 bytes");
  });

  test("and hangs up at any byte of its answer is cut off", async () => {
    const whole = Buffer.concat([Buffer.from('{"default":{}}\n'), TRAILER]);
    let length = 0;
    await servers.listen("bgpd", (_, socket) => void socket.end(whole.subarray(0, length)));
    for (length = 0; length < whole.length; length++) {
      expect((await failure(ask())).reason, `cut after ${length} bytes`).toBe("cut-off");
    }
    expect(await ask()).toBe('{"default":{}}\n');
  });

  test("and sends NULs in the middle, or an answer too many, talks nonsense", async () => {
    await servers.listen("bgpd", (_, socket) => void socket.write("{\0}\0\0\0\0"));
    expect((await failure(ask())).reason).toBe("malformed");
    await servers.listen("zebra", (_, socket) => void socket.write("{}\0\0\0\0{}\0\0\0\0"));
    expect((await failure(ask("show interface vrf all json"))).reason).toBe("malformed");
  });
});

test("a command that is not on the list is never sent", async () => {
  await servers.listen("bgpd", answering("{}"));
  await expect(ask("show bgp neighbors graceful-restart json")).rejects.toThrow(RangeError);
  await expect(ask("enable")).rejects.toThrow(RangeError);
  expect(servers.asked).toEqual([]);
});

test("a daemon is asked one question at a time", async () => {
  let unanswered = 0;
  let most = 0;
  await servers.listen("bgpd", (command, socket) => {
    most = Math.max(most, ++unanswered);
    setTimeout(() => {
      unanswered--;
      answering(command)(command, socket);
    }, 30);
  });
  const client = vtyClient("leaf1/frr", servers.directory);
  const budget = { signal: new AbortController().signal, deadlineAt: Date.now() + 2_000, maxAnswerBytes: 1_000 };
  const answers = await Promise.all([SUMMARY, NEIGHBORS, SUMMARY].map((command) => client.ask(command, budget)));
  expect(answers).toEqual([SUMMARY, NEIGHBORS, SUMMARY]);
  expect(most).toBe(1);
});

test("a question that nobody waits for any more ends at once", async () => {
  await servers.listen("bgpd", () => undefined);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30);
  const startedAt = Date.now();
  await failure(ask(SUMMARY, 5_000, 1_000, stop.signal));
  expect(Date.now() - startedAt).toBeLessThan(1_000);
});
