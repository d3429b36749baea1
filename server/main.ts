import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { isLoopback } from "../lib/net/address.ts";
import { listen } from "./cli/listen.ts";
import { complaint } from "./cli/print.ts";
import { createConsoleServer, type PageHandler } from "./http/serve.ts";
import { ViewAnswer } from "./http/view-answer.ts";
import { loadSettings, SettingsError } from "./settings.ts";
import { startRuntime } from "./start-runtime.ts";

/** The program: one process owns the collector and the live stream, and hands pages to Next. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: "string" }, dev: { type: "boolean", default: false } } });
  const { settings } = loadSettings({ ...(values.config !== undefined && { file: values.config }), env: process.env });
  const { host, port } = settings.listen;
  const exposed = !isLoopback(host);
  const log = pino(
    { name: "peerglass", level: process.env.NODE_ENV === "test" ? "silent" : "info" },
    pino.destination(2),
  );
  const runtime = startRuntime(settings, exposed, log);

  const pages = Promise.withResolvers<PageHandler>();
  const server = createConsoleServer({
    rules: { exposed, hostNames: [hostname().toLowerCase()] },
    dev: values.dev,
    stream: runtime.stream,
    view: new ViewAnswer(runtime.fabric),
    pages: pages.promise,
    patienceMs: 15_000,
    onFault: (err) => log.error({ err }, "a request failed"),
  });
  const root = fileURLToPath(new URL("..", import.meta.url));
  const { default: next } = await import("next");
  const app = next({ dev: values.dev, dir: root, httpServer: server });
  await listen(server, settings.listen);
  await app.prepare();
  pages.resolve(app.getRequestHandler());

  const address = server.address();
  const shownPort = typeof address === "object" && address ? address.port : port;
  const shownHost = host.includes(":") ? `[${host}]` : host;
  console.log(
    `Peerglass is at http://${shownHost}:${shownPort}  (${settings.devices.length} devices, fabric ${settings.fabric.name})`,
  );
  if (exposed)
    console.log("It listens beyond this machine and has no sign-in yet: whoever reaches it sees the whole fabric.");

  const stop = () => {
    runtime.stop();
    process.exit(0);
  };
  // `disconnect`: whoever started us over a channel is gone, killed outright.
  for (const event of ["SIGINT", "SIGTERM", "disconnect"] as const) process.once(event, stop);
}

main().catch((error: unknown) => {
  if (error instanceof SettingsError) process.stderr.write(complaint(error));
  else console.error(error);
  process.exit(1);
});
