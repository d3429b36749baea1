import { setTimeout as delay } from "node:timers/promises";
import type { Observation, Trouble } from "../../../lib/fabric/observation.ts";
import { every } from "../every.ts";
import type { Patience } from "../https.ts";
import type { Limits, Source } from "../source.ts";
import { reading, SourceError } from "../source-error.ts";
import type { Dialect, Part, SwitchClient } from "./dialect.ts";
import { evidenceOf, type RawAnswer } from "./evidence.ts";
import { atLeastOne, commandOf, partAsker, type Reply, troubleIn } from "./part-asker.ts";
import { switchPicture } from "./picture.ts";

/** Everything but the summary is asked less often: it is long, and a switch's CPU is for its routes. */
const DETAILS_EVERY_MS = 15_000;
const PORTS_EVERY_MS = 60_000;
/** So long a changed state waits for its cause, so that both are told in one. */
const CAUSE_WITHIN_MS = 400;

const EXTRA: ReadonlySet<Part> = new Set(["resources", "capacity", "route-counts", "addresses", "macs"]);
const SLOW: readonly Part[] = ["vrfs", "lldp", ...EXTRA];

export interface SwitchConfig {
  readonly id: string;
  readonly device: string;
  readonly everyMs: number;
  readonly limits: Limits;
  /** Where it asks, for people. */
  readonly address: string;
}

/**
 * A switch that is asked commands and answers them. Each poll asks the BGP summary; neighbors, BFD and ports follow at once
 * when a session changed, else at their own slower pace. At most one request is in flight, and all of a poll share one deadline.
 */
export function switchSource<Command extends string>(
  config: SwitchConfig,
  client: SwitchClient<Command>,
  dialect: Dialect<Command>,
): Source {
  const { id, device, everyMs, limits } = config;
  const picture = switchPicture(device, dialect);
  const raw = new Map<Command, RawAnswer>();
  const troubles = new Map<Part, readonly Trouble[]>();
  let portsDueAt = 0;
  let detailsDueAt = 0;

  /** @throws SourceError when a summary is not one: what it does not tell must not look told. */
  function take(part: Part, replies: readonly Reply<Command>[], observedAt: number) {
    const trouble = troubleIn(replies);
    for (const { command, outcome } of replies) {
      if (!outcome.ok) {
        if (outcome.why === "inactive") picture.takeNone(part, command);
        continue;
      }
      raw.set(command, { command, observedAt, answer: outcome.answer });
      try {
        reading(id, () => picture.take(part, command, outcome.answer, observedAt));
      } catch (error) {
        if (part === "summary" || !(error instanceof SourceError)) throw error;
        trouble.push({ part: command, text: error.message });
      }
    }
    troubles.set(part, trouble);
  }

  async function* observe(signal: AbortSignal): AsyncGenerator<Observation> {
    const asker = partAsker(client, dialect.ways);
    const answeredBefore = new Set<Command>();

    async function ask(parts: readonly Part[], patience: Patience) {
      const replies = await asker.ask(parts, patience);
      const observedAt = Date.now();
      for (const [part, told] of replies) {
        if (part === "summary") {
          atLeastOne(id, told, asker.missing(part));
          stillAnswered(id, told, answeredBefore);
        }
        take(part, told, observedAt);
        const missing = asker.missing(part);
        // That a switch has no such command is no trouble where only more would be known.
        if (missing.length > 0 && !EXTRA.has(part)) troubles.set(part, missing);
      }
    }

    function observation(startedAt: number, withPorts: boolean): Observation {
      const observedAt = Date.now();
      const trouble = [...troubles.values()].flat();
      const interfaces = withPorts && !troubles.get("interfaces")?.length ? picture.interfaces() : undefined;
      return {
        source: id,
        device,
        observedAt,
        tookMs: observedAt - startedAt,
        facts: picture.facts(),
        neighbors: picture.neighbors(),
        ...(interfaces && { interfaces }),
        ...picture.fresh(),
        ...(trouble.length > 0 && { trouble }),
      };
    }

    try {
      for await (const startedAt of every(everyMs, signal)) {
        const patience = { signal, endsAt: startedAt + limits.deadlineMs };
        const portsDue = startedAt >= portsDueAt;
        await ask(portsDue ? ["version", "hostname", "summary"] : ["summary"], patience);

        const stirred = picture.stirred();
        const follow: Part[] = [];
        if (stirred || portsDue || startedAt >= detailsDueAt) follow.push("neighbors", "bfd");
        if (stirred || portsDue) follow.push("interfaces");
        if (portsDue) follow.push(...SLOW.filter((part) => dialect.ways[part] !== undefined));
        if (follow.length === 0) {
          yield observation(startedAt, false);
          continue;
        }

        const followed = ask(follow, patience).catch((error: unknown) => {
          if (!(error instanceof SourceError)) throw error;
          for (const part of follow) troubles.set(part, [{ part: commandOf(dialect.ways, part), text: error.message }]);
          return error;
        });
        followed.catch(() => {}); // also when nobody asks on after the next yield
        const waited = new AbortController();
        const late = delay(CAUSE_WITHIN_MS, true, { signal: waited.signal }).catch(() => false);
        if (await Promise.race([followed.then(() => false), late])) yield observation(startedAt, false);
        waited.abort();
        const failed = (await followed) instanceof SourceError;
        const at = Date.now();
        detailsDueAt = failed ? at + 2 * everyMs : at + Math.max(DETAILS_EVERY_MS, 3 * everyMs);
        if (portsDue) portsDueAt = failed ? detailsDueAt : at + Math.max(PORTS_EVERY_MS, 6 * everyMs);
        yield observation(startedAt, follow.includes("interfaces") && !failed);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (signal.aborted) await client.close();
    }
  }

  /** Names of a question become part of a command; the client lets none through that could be more than a name. */
  async function asked(command: Command, patience: Patience) {
    try {
      return await client.run([command], patience);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new SourceError("refused", id, "a name in the question cannot stand in a command", { cause });
    }
  }

  return {
    id,
    kind: dialect.kind,
    device,
    everyMs,
    address: config.address,
    observe,
    evidence: (neighbor) => evidenceOf(id, device, raw.values(), neighbor, dialect.partOf),
    async routes(question, signal) {
      const asking = dialect.routes(question);
      if (!asking) {
        const of = question.neighbor === undefined ? "" : ` of neighbor ${question.neighbor}`;
        throw new SourceError(
          "refused",
          id,
          `${dialect.system} is not asked for the ${question.table} of ${question.family}${of}`,
        );
      }
      const patience = { signal, endsAt: Date.now() + limits.deadlineMs };
      let refusal = "no answer";
      for (const command of asking.commands) {
        const outcome = (await asked(command, patience)).get(command);
        const observedAt = Date.now();
        if (outcome?.ok) return { observedAt, ...reading(id, () => asking.read(outcome.answer, observedAt)) };
        if (outcome?.why === "inactive") return { observedAt, routes: [] };
        refusal = `${command}: ${outcome?.text ?? "no answer"}`;
        if (outcome?.why !== "invalid") break;
      }
      throw new SourceError("refused", id, refusal);
    },
  };
}

/**
 * A summary that has answered, and now does not, would make all its peers vanish: that is no news of them.
 * @throws SourceError then.
 */
function stillAnswered<Command extends string>(
  source: string,
  replies: readonly Reply<Command>[],
  before: Set<Command>,
): void {
  for (const { command, outcome } of replies) {
    if (outcome.ok) before.add(command);
    else if (outcome.why !== "inactive" && before.has(command)) {
      throw new SourceError("failed", source, `${command}: ${outcome.text}`);
    }
  }
}
