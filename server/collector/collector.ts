import { setTimeout as delay } from "node:timers/promises";
import type { Observation, SourceErrorReason, SourceHealth } from "../../lib/fabric/observation.ts";
import type { Source } from "../sources/source.ts";
import { SourceError } from "../sources/source-error.ts";
import type { LiveFabric } from "./live-fabric.ts";
import { Suspicion } from "./suspicion.ts";

const TICK_MS = 250;
const FLUSH_MS = 100;
const MAX_BACK_OFF_MS = 15_000;

/** What the collector tells its log: one line for each failure that begins or ends. */
export interface CollectorLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/**
 * One loop per source, each isolated from the others: a source that hangs, throws or talks nonsense costs its own loop and
 * nothing else. Runs until `signal` aborts; no shutdown is needed for correctness.
 */
export function collect(fabric: LiveFabric, sources: readonly Source[], signal: AbortSignal, log: CollectorLog): void {
  const state = new Map<string, SourceHealth>();
  // A signal of its own for each loop: thousands of listeners on one make every wait cost a walk through all of them.
  const endings = sources.map(() => new AbortController());
  signal.addEventListener("abort", () => {
    for (const ending of endings) ending.abort();
  });
  for (const [i, source] of sources.entries()) {
    const waiting = healthOf(source, { state: "waiting" });
    state.set(source.id, waiting);
    fabric.health(waiting, Date.now());
    void run(source, fabric, state, endings[i]?.signal ?? signal, log);
  }
  beat(fabric, sources, state, signal);
}

async function run(
  source: Source,
  fabric: LiveFabric,
  state: Map<string, SourceHealth>,
  signal: AbortSignal,
  log: CollectorLog,
): Promise<void> {
  // Spread over one interval, so that many devices are not asked in one breath.
  await delay(Math.random() * Math.min(source.everyMs, 5_000), undefined, { signal }).catch(() => undefined);
  for (let failures = 0; !signal.aborted; ) {
    try {
      for await (const observation of source.observe(signal)) {
        if (failures > 0) log.info({ source: source.id, failures }, "source answers again");
        failures = 0;
        const answered = answeredHealth(source, observation);
        state.set(source.id, answered);
        fabric.observe(observation, answered);
      }
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const failing = failingHealth(source, error, state.get(source.id));
      state.set(source.id, failing);
      fabric.health(failing, Date.now());
      if (failures === 1)
        log.warn({ source: source.id, reason: failing.error?.reason, ...unforeseen(error) }, failing.error?.text ?? "");
    }
    if (signal.aborted) return;
    const wait = backOffMs(source.everyMs, failures);
    await delay(wait, undefined, { signal }).catch(() => undefined);
  }
}

/** Doubling from one interval up to 15 s, or the interval where that is longer; ±20 % jitter. A device that heals is seen soon. */
export function backOffMs(everyMs: number, failures: number, random = Math.random): number {
  const doubled = everyMs * 2 ** Math.min(6, Math.max(0, failures - 2));
  return Math.min(doubled, Math.max(everyMs, MAX_BACK_OFF_MS)) * (0.8 + 0.4 * random());
}

function beat(
  fabric: LiveFabric,
  sources: readonly Source[],
  state: Map<string, SourceHealth>,
  signal: AbortSignal,
): void {
  let tickedAt = performance.now();
  const suspicion = new Suspicion(sources.length, Date.now());
  const tick = setInterval(() => {
    const lagMs = performance.now() - tickedAt - TICK_MS;
    tickedAt = performance.now();
    const now = Date.now();
    fabric.impair(suspicion.of(state.values(), lagMs, now), now);
    fabric.tick(now);
  }, TICK_MS);
  const flush = setInterval(() => fabric.flush(Date.now()), FLUSH_MS);
  signal.addEventListener("abort", () => {
    clearInterval(tick);
    clearInterval(flush);
  });
}

function answeredHealth(source: Source, { observedAt, tookMs, trouble }: Observation): SourceHealth {
  return healthOf(source, {
    state: trouble && trouble.length > 0 ? "partial" : "ok",
    lastOkAt: observedAt,
    tookMs,
    ...(trouble && trouble.length > 0 && { trouble }),
  });
}

function failingHealth(source: Source, error: unknown, before: SourceHealth | undefined): SourceHealth {
  const reason: SourceErrorReason = error instanceof SourceError ? error.reason : "failed";
  const text =
    error instanceof SourceError
      ? error.message
      : `${source.id} could not be asked: a fault of the console; see its log`;
  const since = before?.error?.since ?? Date.now();
  return healthOf(source, {
    state: "failing",
    error: { reason, text, since },
    ...(before?.lastOkAt !== undefined && { lastOkAt: before.lastOkAt }),
    ...(before?.tookMs !== undefined && { tookMs: before.tookMs }),
  });
}

function healthOf(
  { id, kind, device, everyMs, address }: Source,
  rest: Pick<SourceHealth, "state"> & Partial<SourceHealth>,
): SourceHealth {
  return { id, kind, device, everyMs, address, ...rest };
}

/** A bug of ours keeps its stack in the log, and only there. */
function unforeseen(error: unknown): object {
  return error instanceof SourceError ? {} : { err: error };
}
