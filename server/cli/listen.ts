import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { type Settings, SettingsError } from "../settings.ts";

/** @throws SettingsError when the machine gives no such address or port. */
export async function listen(server: Server, { host, port }: Settings["listen"]): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no code";
    throw new SettingsError([`listen: ${WHY_NOT_HEARD[code]?.(host, port) ?? `${host} port ${port}: ${code}`}`], {
      cause,
    });
  }
}

const WHY_NOT_HEARD: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `port ${port} of ${host} is taken; set PORT to another, or end what listens there`,
  EADDRNOTAVAIL: (host) => `${host} is no address of this machine`,
  EACCES: (host, port) => `port ${port} of ${host} is kept for root; set PORT to one above 1023`,
};

/** Whether the console could listen there, found out before anything that takes its time. @throws SettingsError as `listen`. */
export async function tryToListen(where: Settings["listen"]): Promise<void> {
  const server = createServer();
  await listen(server, where);
  server.close();
  await once(server, "close");
}
