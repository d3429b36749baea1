import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BirdDevice, startBirdDevice } from "./bird-device.ts";
import { makeCertificates } from "./certificates.ts";
import { configText, socketPath } from "./config-file.ts";
import { startControl } from "./control.ts";
import { type EapiDevice, startEapiDevice } from "./eapi-device.ts";
import { planFabric } from "./plan.ts";
import { seededRandom } from "./random.ts";
import type { FabricSize } from "./size.ts";
import { Weather } from "./weather.ts";
import { World } from "./world.ts";

export interface DemoOptions {
  readonly directory: string;
  readonly size: FabricSize;
  readonly seed: number;
  readonly paused: boolean;
  /** How many times as fast as ours the weather's clock runs. */
  readonly speed: number;
  readonly everySec: number;
}

export interface Demo {
  readonly config: string;
  readonly devices: number;
  close(): Promise<void>;
}

const WEATHER_MS = 250;
/** The kernel's `sun_path` holds 108 bytes with its end; our longest name below the directory is `.binding/node-00000.ctl`. */
const MAX_DIRECTORY_BYTES = 80;

/** Starts every device of the invented fabric, and writes how to reach them. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { directory, seed } = options;
  if (Buffer.byteLength(directory) > MAX_DIRECTORY_BYTES) {
    throw new Error(
      `${directory} is too long for the sockets below it: choose one of at most ${MAX_DIRECTORY_BYTES} bytes`,
    );
  }
  prepare(directory);

  const plan = planFabric(options.size, seed);
  const world = new World(plan, Date.now, seededRandom(seed + 1));
  const weather = new Weather(world, seededRandom(seed + 2), { speed: options.speed, paused: options.paused });
  const credentials = { username: "peerglass", password: randomBytes(18).toString("base64url") };
  const switches = plan.devices.filter((device) => device.system === "eos");
  const certificates = await makeCertificates(
    switches.map((device) => device.name),
    Date.now(),
  );

  const birds: BirdDevice[] = [];
  const eapis: EapiDevice[] = [];
  const portOf = new Map<string, number>();
  for (const device of world.devices.values()) {
    if (device.plan.system === "eos") {
      const eapi = await startEapiDevice(world, device, { certificates, credentials, clock: Date.now });
      portOf.set(device.plan.name, eapi.port);
      eapis.push(eapi);
    } else birds.push(await startBirdDevice(world, device, socketPath(directory, device.plan.name)));
  }

  /** One after another: a device that is told of two changes at once would open and close its socket at once. */
  let told: Promise<void> = Promise.resolve();
  const changed = () => {
    const turn = told.then(async () => {
      for (const eapi of eapis) eapi.follow();
      for (const bird of birds) await bird.follow();
    });
    told = turn.catch(() => undefined);
    return turn;
  };
  const closeControl = await startControl({ world, weather, changed }, join(directory, "demo.ctl"));
  const ticking = setInterval(() => {
    if (weather.look()) changed().catch((error: unknown) => process.stderr.write(`demo: ${String(error)}\n`));
  }, WEATHER_MS);

  secret(join(directory, "username"), credentials.username);
  secret(join(directory, "password"), credentials.password);
  writeFileSync(join(directory, "ca.pem"), certificates.ca);
  const config = join(directory, "peerglass.yaml");
  writeFileSync(config, configText(plan, { directory, portOf, everySec: options.everySec }));

  return {
    config,
    devices: plan.devices.length,
    async close() {
      clearInterval(ticking);
      await closeControl();
      await Promise.all([...birds, ...eapis].map((device) => device.close()));
      for (const name of ["username", "password", "ca.pem", "peerglass.yaml", "demo.ctl", ".binding"]) {
        rmSync(join(directory, name), { recursive: true, force: true });
      }
    },
  };
}

/** Ours alone; what an earlier demo that was killed left here goes away. */
function prepare(directory: string): void {
  const isNew = !existsSync(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  if (isNew) return;
  for (const name of readdirSync(directory)) {
    if (name.endsWith(".ctl") || name === ".binding") rmSync(join(directory, name), { recursive: true, force: true });
  }
}

function secret(path: string, value: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, `${value}\n`, { mode: 0o600 });
}
