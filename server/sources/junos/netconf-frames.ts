/** Messages of NETCONF over SSH: ended by `]]>]]>` in version 1.0, in chunks since 1.1 (RFC 6242 §4.2, §4.3). */

const END = Buffer.from("]]>]]>");
const MAX_HEADER = 16;

export class FrameError extends Error {
  override readonly name = "FrameError";
  readonly reason: "too-large" | "malformed";

  constructor(reason: "too-large" | "malformed", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Cuts what arrives into messages, and never holds more than `maxBytes` of one. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunked = false;
  #waiting: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #bytes = 0;
  /** Bytes of the current chunk that have not arrived yet. */
  #left = 0;
  /** The `\n` before a header has been read: the first of a message need not stand behind data. */
  #begun = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** From the next message on. */
  switchToChunks(): void {
    this.#chunked = true;
  }

  /** Bytes of the message that is arriving. */
  get pending(): number {
    return this.#bytes + this.#waiting.length;
  }

  /** @returns the messages that `data` completes. @throws FrameError */
  take(data: Buffer): readonly string[] {
    const messages: string[] = [];
    this.#waiting = this.#waiting.length === 0 ? data : Buffer.concat([this.#waiting, data]);
    for (;;) {
      const message = this.#chunked ? this.#nextChunked() : this.#nextMarked();
      if (message === undefined) return messages;
      messages.push(message);
    }
  }

  #nextMarked(): string | undefined {
    const end = this.#waiting.indexOf(END);
    if (end < 0) {
      // All but what may be the beginning of the end is put aside, so that a long message is not searched again and again.
      const sure = this.#waiting.length - END.length + 1;
      if (sure > 0) this.#keep(this.#waiting.subarray(0, sure), sure);
      return undefined;
    }
    this.#keep(this.#waiting.subarray(0, end), end + END.length);
    return this.#done();
  }

  #nextChunked(): string | undefined {
    for (;;) {
      if (this.#left > 0) {
        const some = this.#waiting.subarray(0, this.#left);
        if (some.length === 0) return undefined;
        this.#left -= some.length;
        this.#keep(some, some.length);
        if (this.#left > 0) return undefined;
      }
      const head = this.#waiting.subarray(0, MAX_HEADER).toString("latin1");
      const found = /^\n#(?:(#)|([1-9]\d{0,9}))\n/.exec(head);
      if (!found) {
        if (head.length === MAX_HEADER || !/^(\n(#(#|[1-9]\d{0,9})?)?)?$/.test(head)) {
          throw new FrameError("malformed", `${JSON.stringify(head)} is no header of a chunk`);
        }
        return undefined;
      }
      this.#waiting = this.#waiting.subarray(found[0].length);
      if (found[1] !== undefined) {
        if (!this.#begun) throw new FrameError("malformed", "a message without a chunk");
        return this.#done();
      }
      this.#begun = true;
      this.#left = Number(found[2]);
      if (this.#bytes + this.#left > this.#maxBytes) throw this.#tooLarge(`it announces ${this.#bytes + this.#left}`);
    }
  }

  #keep(part: Buffer, used: number): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) throw this.#tooLarge("it had not ended there");
    this.#parts.push(part);
    this.#waiting = this.#waiting.subarray(used);
  }

  #done(): string {
    const message = Buffer.concat(this.#parts).toString("utf8");
    this.#parts = [];
    this.#bytes = 0;
    this.#begun = false;
    return message;
  }

  #tooLarge(how: string): FrameError {
    return new FrameError("too-large", `the limit is ${this.#maxBytes} bytes, and ${how}`);
  }
}

export function framed(message: string, chunked: boolean): string {
  return chunked ? `\n#${Buffer.byteLength(message)}\n${message}\n##\n` : `${message}]]>]]>`;
}
