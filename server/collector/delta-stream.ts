import type { ServerResponse } from "node:http";
import type { Delta } from "../../lib/view/view.ts";
import type { LiveFabric } from "./live-fabric.ts";

const BEAT_MS = 2_000;
/** What a browser that slept may still catch up with; beyond it, it fetches the view anew. */
const KEPT_FRAMES = 3_000;
const KEPT_BYTES = 16 * 1024 * 1024;
const MAX_UNSENT_BYTES = 1024 * 1024;
const MAX_READERS = 2_000;

interface Frame {
  readonly n: number;
  readonly bytes: Buffer;
}

/**
 * The one SSE endpoint. Each delta is serialised once, whoever reads; a reader resumes by the id that it has, gets exactly
 * what it missed or is told to resync, and is cut off when it stops reading.
 *
 * Events: `delta` (data: a list of deltas; id of the last), `beat` (every 2 s: `{now}`), `resync`.
 */
export class DeltaStream {
  readonly #readers = new Set<ServerResponse>();
  readonly #frames: Frame[] = [];
  readonly #fabric: LiveFabric;
  #keptBytes = 0;
  #cutOff = 0;
  readonly #beat: ReturnType<typeof setInterval>;

  constructor(fabric: LiveFabric) {
    this.#fabric = fabric;
    fabric.onDelta((delta) => this.#send(delta));
    this.#beat = setInterval(() => this.#tell(beatFrame()), BEAT_MS);
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Readers cut off because they did not read. */
  get cutOff(): number {
    return this.#cutOff;
  }

  close(): void {
    clearInterval(this.#beat);
    for (const reader of this.#readers) reader.destroy();
  }

  serve(response: ServerResponse, after: string | undefined): void {
    if (this.#readers.size >= MAX_READERS) {
      response.writeHead(503, { "retry-after": "10", "content-type": "text/plain" }).end("too many readers\n");
      return;
    }
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    response.write(beatFrame());
    const missed = this.#missed(after);
    if (missed === undefined) {
      response.end(`event: resync\ndata: {}\n\n`);
      return;
    }
    for (const frame of missed) response.write(frame.bytes);
    this.#readers.add(response);
    response.on("close", () => this.#readers.delete(response));
    response.on("error", () => this.#readers.delete(response));
  }

  /** Frames after the reader's id; `undefined` when they are not all kept, are more than a reader may owe, or the id is another run's. */
  #missed(after: string | undefined): readonly Frame[] | undefined {
    const [boot, digits] = (after ?? "").split(":");
    if (boot !== this.#fabric.boot || !digits || !/^\d{1,15}$/.test(digits)) return undefined;
    const n = Number(digits);
    const latest = Number(this.#fabric.id.split(":")[1]);
    if (n > latest) return undefined;
    if (n === latest) return [];
    const first = this.#frames[0];
    if (!first || first.n > n + 1) return undefined;
    const missed = this.#frames.slice(n + 1 - first.n);
    // More would cut the reader off at the next delta, and again each time that it comes back for the same.
    return missed.reduce((sum, { bytes }) => sum + bytes.length, 0) > MAX_UNSENT_BYTES ? undefined : missed;
  }

  #send(delta: Delta): void {
    const bytes = Buffer.from(`id: ${delta.id}\nevent: delta\ndata: ${JSON.stringify([delta])}\n\n`);
    this.#frames.push({ n: Number(delta.id.split(":")[1]), bytes });
    this.#keptBytes += bytes.length;
    while (this.#frames.length > KEPT_FRAMES || this.#keptBytes > KEPT_BYTES) {
      this.#keptBytes -= this.#frames.shift()?.bytes.length ?? 0;
    }
    this.#tell(bytes);
  }

  #tell(bytes: Buffer): void {
    for (const reader of this.#readers) {
      if (reader.writableLength > MAX_UNSENT_BYTES) {
        this.#cutOff += 1;
        reader.destroy();
      } else reader.write(bytes);
    }
  }
}

function beatFrame(): Buffer {
  return Buffer.from(`event: beat\ndata: {"now":${Date.now()}}\n\n`);
}
