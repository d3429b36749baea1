import type { Delta } from "../../lib/view/view.ts";

/** How the line to the server is. `quiet` since `since` means that nothing on the screen may pass for live. */
export interface LineState {
  readonly state: "connecting" | "live" | "reconnecting" | "offline";
  /** When the line was last heard; epoch ms of this browser. */
  readonly heardAt?: number;
  readonly since: number;
  /** Server's clock minus this browser's, in ms. */
  readonly skewMs: number;
}

export interface LineEvents {
  onDeltas(deltas: readonly Delta[]): void;
  /** The server cannot tell what was missed: fetch the view anew, then `open` again from its id. */
  onResync(): void;
  onState(state: LineState): void;
}

/** The server beats every 2 s; two missed and a bit is silence. */
const SILENT_MS = 4_500;
const OFFLINE_MS = 20_000;
const CHECK_MS = 500;
/** Deltas that arrive together are applied together: one render for a storm. */
const GATHER_MS = 16;

/**
 * One stream of deltas from the server, held open for the life of a tab. It heals itself: after a cut it asks for what
 * came after the last delta that it has, and after a sleep it is silent, not live, until the server is heard again.
 */
export class LiveLine {
  #stream: EventSource | undefined;
  #lastId: string;
  #heardAt: number | undefined;
  #state: LineState = { state: "connecting", since: Date.now(), skewMs: 0 };
  #tries = 0;
  #retryAt = 0;
  #waiting: Delta[] = [];
  #gather: ReturnType<typeof setTimeout> | undefined;
  readonly #check: ReturnType<typeof setInterval>;
  readonly #events: LineEvents;

  constructor(afterId: string, events: LineEvents) {
    this.#lastId = afterId;
    this.#events = events;
    this.#check = setInterval(() => this.#look(), CHECK_MS);
    this.#open();
  }

  /** For the button "retry now", and for the browser's own `online` event. */
  retry(): void {
    this.#retryAt = 0;
    this.#tries = 0;
    this.#look();
  }

  close(): void {
    clearInterval(this.#check);
    clearTimeout(this.#gather);
    this.#stream?.close();
  }

  #open(): void {
    this.#stream?.close();
    const stream = new EventSource(`/api/stream?after=${encodeURIComponent(this.#lastId)}`);
    this.#stream = stream;
    stream.addEventListener("delta", (message) => {
      const deltas = JSON.parse(message.data) as Delta[];
      this.#waiting.push(...deltas);
      this.#lastId = deltas.at(-1)?.id ?? this.#lastId;
      this.#gather ??= setTimeout(() => this.#flush(), GATHER_MS);
      this.#heard();
    });
    stream.addEventListener("beat", (message) => {
      const { now } = JSON.parse(message.data) as { now: number };
      this.#heard(now - Date.now());
    });
    stream.addEventListener("resync", () => {
      stream.close();
      this.#events.onResync();
    });
    stream.onerror = () => {
      stream.close();
      if (this.#stream !== stream) return;
      this.#stream = undefined;
      // Full jitter, 0.3 to 10 s: a restarted server is not met by all its browsers at once.
      this.#retryAt = Date.now() + 300 + Math.random() * Math.min(10_000, 500 * 2 ** this.#tries);
      this.#tries += 1;
      this.#look();
    };
  }

  #flush(): void {
    this.#gather = undefined;
    const deltas = this.#waiting;
    this.#waiting = [];
    this.#events.onDeltas(deltas);
  }

  #heard(skewMs = this.#state.skewMs): void {
    this.#heardAt = Date.now();
    this.#tries = 0;
    this.#tell("live", skewMs);
  }

  #look(): void {
    const now = Date.now();
    const silentMs = now - (this.#heardAt ?? this.#state.since);
    if (!this.#stream && now >= this.#retryAt) this.#open();
    // A stream that is open and silent is dead on the way: a new one finds out.
    else if (this.#stream && silentMs > 2 * SILENT_MS && now >= this.#retryAt) {
      this.#retryAt = now + 2 * SILENT_MS;
      this.#open();
    }
    if (this.#heardAt === undefined && silentMs < SILENT_MS) return;
    if (silentMs > OFFLINE_MS) this.#tell("offline", this.#state.skewMs);
    else if (silentMs > SILENT_MS || !this.#stream) this.#tell("reconnecting", this.#state.skewMs);
  }

  #tell(state: LineState["state"], skewMs: number): void {
    const before = this.#state;
    const since = before.state === state ? before.since : Date.now();
    this.#state = { state, since, skewMs, ...(this.#heardAt !== undefined && { heardAt: this.#heardAt }) };
    if (before.state !== state || Math.abs(before.skewMs - skewMs) > 1_000) this.#events.onState(this.#state);
  }
}
