import type { DeviceFacts, Interface } from "../../../lib/fabric/device.ts";
import type { Observation, Trouble } from "../../../lib/fabric/observation.ts";
import { same } from "../../../lib/values/same.ts";
import { reading, SourceError } from "../source-error.ts";
import { askBfd, detailsEveryMs, isDue, MAX_BY_NAME, restAfterMs } from "./cadence.ts";
import { type Answer, type Bird, isAllowed } from "./client.ts";
import type { EvidenceBook } from "./evidence.ts";
import { NeighborTable } from "./neighbor-table.ts";
import { bfdByNeighbor, parseBfdSessions } from "./parse-bfd.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseNeighbor, type Setting } from "./parse-neighbor.ts";
import { type BgpBlock, type BgpRow, ProtocolReader, refuseUnread } from "./parse-protocols.ts";
import { parseStatus } from "./parse-status.ts";
import { isRefusal } from "./reply.ts";
import { withRow } from "./row-only.ts";
import { refusal } from "./saved.ts";
import { tellsTheSame } from "./unchanged.ts";

type Told = Pick<Observation, "facts" | "neighbors" | "interfaces" | "trouble">;

/** `No protocols match`, `No protocols`: an answer, and an empty one. */
const NO_PROTOCOLS = new Set([8003, 8004]);

export interface Daemon {
  readonly id: string;
  readonly device: string;
  readonly everyMs: number;
}

/**
 * Asks a daemon again and again, and only what is worth asking. States come with every poll, from `show protocols`;
 * details at once for what changed there, and for all now and then (`cadence.ts`).
 */
export class Poller {
  readonly #daemon: Daemon;
  readonly #evidence: EvidenceBook;
  readonly #table = new NeighborTable();
  /** The console's zone, until the daemon tells its own. */
  #zoneOffsetMs = -new Date().getTimezoneOffset() * 60_000;
  #status: DeviceFacts = {};
  #facts: DeviceFacts = {};
  #interfaces: readonly Interface[] = [];
  #detailsAt: number | undefined;
  #detailsTookMs = 0;
  #trouble: Trouble[] = [];

  constructor(daemon: Daemon, evidence: EvidenceBook) {
    this.#daemon = daemon;
    this.#evidence = evidence;
  }

  /** After a failure nothing that we knew is sure: the next poll asks for all of it. */
  askAll(): void {
    this.#detailsAt = undefined;
  }

  /** @throws SourceError when the protocols cannot be had; other parts that fail are `trouble`. */
  async poll(bird: Bird): Promise<Told> {
    this.#trouble = [];
    const now = Date.now();
    const { everyMs } = this.#daemon;
    const { rows, bfd } = await this.#askProtocols(bird);
    const changed = [...rows.values()].filter(({ name, line }) => !this.#table.tellsSame(name, line));
    const vanished = this.#table.keepOnly(rows.keys());
    const dueEveryMs = detailsEveryMs(rows.size, this.#detailsTookMs, everyMs);
    const detailsDue = isDue(this.#detailsAt, now, dueEveryMs, everyMs);
    const news = detailsDue || vanished || changed.length > 0;

    if (news) await this.#askStatus(bird, now); // first: it tells the zone of all other times
    if (rows.size === 0) this.#detailsAt = now;
    else if (detailsDue || this.#askAllAtOnce(changed, now)) await this.#askAllDetails(bird);
    else await this.#askChanged(bird, changed, now);

    this.#table.keepOnly(rows.keys());
    this.#evidence.keepOnly(new Set(rows.keys()));
    if (!bfd) this.#table.joinBfd(() => undefined);
    else if (news || askBfd(rows.size)) await this.#askBfd(bird);
    const interfaces = news ? await this.#askInterfaces(bird) : undefined;
    const neighbors = this.#table.list();
    return {
      facts: this.#factsOf(rows.size > 0),
      neighbors,
      ...(interfaces && { interfaces }),
      ...(this.#trouble.length > 0 && { trouble: this.#trouble }),
    };
  }

  async #askStatus(bird: Bird, now: number): Promise<void> {
    await this.#part(bird, "show status", (lines) => {
      const status = parseStatus(lines, now);
      this.#status = status.facts;
      if (status.zoneOffsetMs !== undefined) this.#zoneOffsetMs = status.zoneOffsetMs;
    });
  }

  async #askProtocols(bird: Bird): Promise<{ rows: ReadonlyMap<string, BgpRow>; bfd: boolean }> {
    const rows = new Map<string, BgpRow>();
    const reader = new ProtocolReader(({ row }) => rows.set(row.name, row));
    const answer = await bird.ask("show protocols");
    if (NO_PROTOCOLS.has(answer.last.code)) return { rows, bfd: false };
    this.#refuseRefusal("show protocols", answer);
    reading(this.#daemon.id, () => {
      reader.take(answer.lines);
      reader.end();
    });
    this.#evidence.command("show protocols", answer.lines, Date.now());
    return { rows, bfd: reader.bfd };
  }

  #askAllAtOnce(changed: readonly BgpRow[], now: number): boolean {
    if (changed.length <= MAX_BY_NAME) return false;
    const isNew = changed.some(({ name }) => this.#table.get(name) === undefined);
    return isNew || now - (this.#detailsAt ?? 0) >= restAfterMs(this.#detailsTookMs);
  }

  /** The first few by name; the others by their rows, and they stay owed until the next poll. */
  async #askChanged(bird: Bird, changed: readonly BgpRow[], now: number): Promise<void> {
    const owed: BgpRow[] = [];
    let asked = 0;
    for (const row of changed) {
      const command = `show protocols all ${row.name}`;
      if (asked >= MAX_BY_NAME || !isAllowed(command)) owed.push(row);
      else {
        await this.#readDetails(bird, command, true);
        asked++;
      }
    }
    const setting = this.#setting(now);
    reading(this.#daemon.id, () => {
      for (const row of owed) this.#table.owe(row.name, (earlier) => withRow(earlier, row, setting));
    });
  }

  async #askAllDetails(bird: Bird): Promise<void> {
    const startedAt = Date.now();
    await this.#readDetails(bird, "show protocols all", false);
    this.#detailsAt = startedAt;
    this.#detailsTookMs = Date.now() - startedAt;
  }

  /** `mayBeGone`: that a protocol was deconfigured since the list was read is no failure. */
  async #readDetails(bird: Bird, command: string, mayBeGone: boolean): Promise<void> {
    let unread = 0;
    const now = Date.now();
    const setting = this.#setting(now, (lines) => {
      unread += lines;
      refuseUnread(unread);
    });
    const reader = new ProtocolReader((block: BgpBlock) => {
      const { name, line } = block.row;
      const before = this.#evidence.textOf(name, command);
      if (before !== undefined && this.#table.tellsSame(name, line) && tellsTheSame(before, block.text)) {
        this.#evidence.protocol(name, command, block.text, now);
        return;
      }
      const neighbor = parseNeighbor(block, setting);
      const { bfd } = this.#table.get(block.row.name) ?? {};
      this.#table.put(block.row.line, bfd ? { ...neighbor, bfd } : neighbor);
      this.#evidence.protocol(neighbor.name ?? block.row.name, command, block.text, now);
    });
    const { last, lines } = await bird.ask(command, (piece) => reader.take(piece));
    if (isRefusal(last) && mayBeGone) return;
    this.#refuseRefusal(command, { last, lines });
    reading(this.#daemon.id, () => reader.end());
    if (unread > 0) this.#trouble.push({ part: command, text: `${unread} lines have a form that we do not know` });
  }

  #setting(now: number, unread?: (lines: number) => void): Setting {
    return {
      device: this.#daemon.device,
      clock: { now, zoneOffsetMs: this.#zoneOffsetMs },
      earlier: (name) => this.#table.get(name),
      ...(unread && { unread }),
      ...(this.#status.routerId !== undefined && { routerId: this.#status.routerId }),
    };
  }

  async #askBfd(bird: Bird): Promise<void> {
    await this.#part(bird, "show bfd sessions", (lines) => {
      const clock = { now: Date.now(), zoneOffsetMs: this.#zoneOffsetMs };
      this.#table.joinBfd(bfdByNeighbor(parseBfdSessions(lines, clock)));
    });
  }

  async #askInterfaces(bird: Bird): Promise<readonly Interface[] | undefined> {
    return this.#part(bird, "show interfaces", (lines) => {
      const interfaces = parseInterfaces(lines);
      if (!same(this.#interfaces, interfaces)) this.#interfaces = interfaces;
      return this.#interfaces;
    });
  }

  /** A part that may fail without taking the rest with it. */
  async #part<T>(bird: Bird, command: string, parse: (lines: string) => T): Promise<T | undefined> {
    const answer = await bird.ask(command);
    this.#evidence.command(command, answer.lines, Date.now());
    try {
      this.#refuseRefusal(command, answer);
      return reading(this.#daemon.id, () => parse(answer.lines));
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause;
      this.#trouble.push({ part: command, text: cause.message });
      return undefined;
    }
  }

  #refuseRefusal(command: string, { last }: Answer): void {
    if (isRefusal(last)) throw new SourceError("refused", this.#daemon.id, `\`${command}\`: ${refusal(last)}`);
  }

  /** 2.x tells the AS with each session, 1.6 nowhere. */
  #factsOf(bgp: boolean): DeviceFacts {
    const asns = new Set(this.#table.list().flatMap(({ localAs }) => localAs ?? []));
    const [asn] = asns;
    const facts: DeviceFacts = {
      ...this.#status,
      ...(asn !== undefined && asns.size === 1 && { asn }),
      bgp: bgp ? "on" : "off",
    };
    if (!same(this.#facts, facts)) this.#facts = facts;
    return this.#facts;
  }
}
