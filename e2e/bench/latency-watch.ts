import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** When a daemon's word for one protocol became another; epoch ms. */
export interface Turn {
  /** When it was last asked and still told the old state: the change came after. */
  readonly notBefore: number;
  /** When an answer told the new one. */
  readonly notAfter: number;
}

/**
 * Asks a BIRD for one protocol every two milliseconds, on one connection, until it is established no more.
 *
 * @throws Error when that does not happen within `withinMs`, or the daemon hangs up.
 */
export async function lossOf(socket: string, protocol: string, withinMs: number, ready: () => void): Promise<Turn> {
  const client = connect(socket).setEncoding("latin1");
  try {
    const bird = conversation(client);
    await bird(undefined);
    const until = Date.now() + withinMs;
    let notBefore: number | undefined;
    for (;;) {
      const askedAt = Date.now();
      const answer = await bird(`show protocols "${protocol}"`);
      const now = Date.now();
      const told = answer.split("\n").find((line) => line.includes(protocol));
      if (told === undefined) throw new Error(`${socket} does not know ${protocol}: ${answer.slice(0, 200)}`);
      if (/\bEstablished\b/.test(told)) {
        if (notBefore === undefined) ready();
        notBefore = askedAt;
      } else if (notBefore === undefined) throw new Error(`${protocol} is not established: ${told}`);
      else return { notBefore, notAfter: now };
      if (now > until) throw new Error(`${protocol} is still established after ${withinMs} ms`);
      await delay(2);
    }
  } finally {
    client.destroy();
  }
}

/** One question at a time; `undefined` waits for the greeting. */
function conversation(client: Socket): (command: string | undefined) => Promise<string> {
  let text = "";
  let wake = () => {};
  let failure: Error | undefined;
  client.on("data", (chunk: string) => {
    text += chunk;
    wake();
  });
  client.on("error", (cause) => {
    failure = cause;
    wake();
  });
  client.on("close", () => {
    failure ??= new Error("the daemon hung up");
    wake();
  });
  return async (command) => {
    text = "";
    if (command !== undefined) client.write(`${command}\n`);
    while (!/(?:^|\n)\d{4} [^\n]*\n$/.test(text)) {
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return text;
  };
}
