import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { type Console, freePort, startConsole } from "../lab/console.ts";
import { askConsole } from "../lab/console-view.ts";
import { DEFAULT_LAB, deviceOf, type Lab, type LabLink } from "../lab/description.ts";
import { clean, up, waitConverged } from "../lab/fabric.ts";
import type { Fault } from "../lab/fault.ts";
import { heal, inject } from "../lab/faults.ts";
import { keepLab } from "../lab/keeper.ts";
import { whyNoLab } from "../lab/preflight.ts";
import { watchRows } from "./latency-page.ts";
import { lossOf } from "./latency-watch.ts";
import { ROOT } from "./process.ts";
import { atMost, quantile, type Result, told } from "./result.ts";

const TIMES = 20;
const POLL_MS = 1_000;
const ALLOWED_MS = 250;
const PATIENCE_MS = 60_000;

interface Sample {
  /** From the last question to which the daemon still said "Established" to the frame that shows the loss. */
  readonly totalMs: number;
  /** How exactly the daemon's change is known. */
  readonly withinMs: number;
}

/**
 * A session of the real lab is disabled at its BIRD, twenty times, each at another moment of the console's interval;
 * `/sessions` stands open in Chromium. Both ends are asked every second, as in life, and the first that tells is shown.
 */
export async function run(): Promise<Result[]> {
  const why = await whyNoLab();
  if (why !== undefined) throw new Error(why);
  if (!existsSync(`${ROOT}.next/BUILD_ID`)) throw new Error("the pages are not built: npm run build");
  const name = `pb${process.pid}`;
  const keeper = keepLab(name);
  let console: Console | undefined;
  let browser: Browser | undefined;
  try {
    const { lab } = await up({ ...DEFAULT_LAB, name });
    await waitConverged(lab);
    console = await startConsole(lab, await freePort(), "log");
    browser = await chromium.launch({
      executablePath: process.env.PEERGLASS_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
      ],
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watchRows);
    await page.goto(`${console.url}/sessions?fold=false`);
    const samples = await sampled(lab, page, console.url);
    const totals = samples.map(({ totalMs }) => totalMs);
    return [
      told("latency", `daemon's change to pixel, polled every ${POLL_MS} ms: p50`, quantile(totals, 0.5), "ms"),
      atMost(
        "latency",
        `daemon's change to pixel, polled every ${POLL_MS} ms: p99 of ${TIMES}`,
        quantile(totals, 0.99),
        "ms",
        POLL_MS + ALLOWED_MS,
      ),
      told("latency", "daemon's change to pixel: fastest", Math.min(...totals), "ms"),
      told("latency", "the daemon's change is known to", Math.max(...samples.map((each) => each.withinMs)), "ms"),
    ];
  } finally {
    await browser?.close();
    await console?.stop();
    await clean(name);
    await keeper.dismiss();
  }
}

async function sampled(lab: Lab, page: Page, url: string): Promise<Sample[]> {
  // Nodes of BIRD 2, one leaf each: what heals is not yet whole when the next one is taken.
  const links = lab.links.filter(
    ({ lower, protocol, password }) =>
      protocol !== undefined && password === undefined && deviceOf(lab, lower.device).daemon === "bird-2",
  );
  const samples: Sample[] = [];
  for (let i = 0; i < TIMES; i++) {
    const link = links[i % links.length];
    if (!link) throw new Error("the lab has no session that a BIRD 2 speaks");
    await shownUp(page, url, link);
    // Anywhere in the interval, and not where the last one ended.
    await delay(300 + ((i * 0.618 * POLL_MS) % POLL_MS));
    samples.push(await once(lab, page, url, link));
  }
  return samples;
}

async function once(lab: Lab, page: Page, url: string, link: LabLink): Promise<Sample> {
  const fault: Fault = { kind: "bird-disable", at: link.lower.device, toward: link.upper.device };
  const id = await idOf(url, link);
  const shown = page.evaluate((session) => window.benchLoss(session), id);
  const { promise: watching, resolve: ready } = Promise.withResolvers<void>();
  const socket = `${deviceOf(lab, link.lower.device).directory}/bird.ctl`;
  const lost = lossOf(socket, link.protocol ?? "", 10_000, ready);
  await Promise.race([watching, lost]);
  await inject(lab, fault);
  const late = delay(10_000).then((): never => {
    throw new Error(`the page shows no loss of ${id} after 10 s`);
  });
  const { notBefore, notAfter } = await lost;
  const { paintedAt } = await Promise.race([shown, late]);
  late.catch(() => undefined);
  await heal(lab, fault);
  return { totalMs: paintedAt - notBefore, withinMs: notAfter - notBefore };
}

/** Both the lab and the page have it up again. */
async function shownUp(page: Page, url: string, link: LabLink): Promise<void> {
  const id = await idOf(url, link);
  await page.waitForFunction(
    (session) =>
      document.querySelector(`[data-line="${CSS.escape(session)}"] [role=gridcell]`)?.textContent?.endsWith("up") ===
      true,
    id,
    { timeout: PATIENCE_MS },
  );
}

async function idOf(url: string, { lower, upper }: LabLink): Promise<string> {
  const rows = await askConsole(url);
  const row = rows.find(({ near, far }) => near.device === lower.device && far.device === upper.device);
  if (!row) throw new Error(`the console has no session of ${lower.device} with ${upper.device}`);
  return row.id;
}
