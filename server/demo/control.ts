import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { type Fault, isDeviceFault, isSessionFault } from "./fault.ts";
import type { World } from "./world.ts";

export interface Steering {
  readonly world: World;
  readonly weather: { pause(): void; resume(): void; readonly paused: boolean };
  /** The world was changed by hand: listeners must follow. */
  changed(): Promise<void>;
}

const MAX_LINE_BYTES = 4_096;
const MAX_TEXT_CHARS = 128;

/** Listens on a unix socket for lines of `answerControl`. Resolves to what closes it. */
export async function startControl(steering: Steering, path: string): Promise<() => Promise<void>> {
  rmSync(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.setEncoding("utf8");
    let waiting = "";
    let answered = Promise.resolve();
    socket.on("data", (chunk: string) => {
      waiting += chunk;
      for (let end = waiting.indexOf("\n"); end >= 0; end = waiting.indexOf("\n")) {
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + 1);
        answered = answered.then(async () => {
          const answer = await answerControl(steering, line);
          if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`);
        });
      }
      if (waiting.length > MAX_LINE_BYTES) socket.destroy();
    });
  });
  await new Promise<void>((ready, fail) => {
    server.once("error", fail);
    server.listen(path, ready);
  });
  return async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((done) => server.close(() => done()));
  };
}

/** `pause`, `resume`, `status`, `list`, `inject FAULT A [B] [text]`, `heal A [B]`, `heal all`. */
export async function answerControl({ world, weather, changed }: Steering, line: string): Promise<object> {
  const [verb = "", ...words] = line.trim().split(/\s+/);
  switch (verb) {
    case "pause":
    case "resume":
      weather[verb]();
      return { ok: true, paused: weather.paused };
    case "list":
      return { ok: true, faults: world.standing() };
    case "status": {
      const now = world.advance();
      const up = world.sessions.filter((session) =>
        session.ends.every((end) => end.walk.length === 1 && end.walk[0]?.state === "established"),
      );
      return {
        ok: true,
        now,
        paused: weather.paused,
        devices: world.devices.size,
        sessions: world.sessions.length,
        up: up.length,
        faults: world.standing().length,
      };
    }
    case "inject": {
      const fault = parseFault(words);
      if (typeof fault === "string") return { ok: false, error: fault };
      const refusal = world.inject(fault);
      if (refusal) return { ok: false, error: refusal.refused };
      await changed();
      return { ok: true, fault };
    }
    case "heal": {
      const [a, b] = words;
      if (a === undefined) return { ok: false, error: "say what to heal: a device, two devices, or all" };
      if (a !== "all" && !world.devices.has(a)) return { ok: false, error: `there is no device ${a}` };
      const healed = a === "all" ? world.healAll() : world.heal(a, b);
      await changed();
      return { ok: true, healed };
    }
    default:
      return {
        ok: false,
        error: `${verb.slice(0, 40) || "an empty line"} is no command: pause, resume, status, list, inject or heal`,
      };
  }
}

function parseFault(words: readonly string[]): Fault | string {
  const [kind = "", at, ...others] = words;
  const rest = others[0] === "-" ? others.slice(1) : others;
  if (at === undefined) return "say inject FAULT A [B] [text]";
  if (isDeviceFault(kind)) return { kind, at, ...(rest[0] !== undefined && { towards: rest[0] }) };
  if (!isSessionFault(kind)) return `there is no fault ${kind.slice(0, 40)}`;
  const [towards, ...text] = rest;
  if (towards === undefined) return `${kind} needs two devices`;
  return { kind, at, towards, ...(text.length > 0 && { text: text.join(" ").slice(0, MAX_TEXT_CHARS) }) };
}
