/** How far a reply on a VTY socket has come. */
export type ReplyProgress =
  | { readonly state: "incomplete" }
  /** `status`: 0 success, 1 warning, 2 no such command, others of `enum cmd_return` (lib/command.h). */
  | { readonly state: "complete"; readonly text: string; readonly status: number }
  | { readonly state: "nonsense"; readonly why: string };

const TRAILER_BYTES = 4;

/**
 * Collects the reply to one command: text, then three NULs and a status byte (lib/vty.c, `vtysh_read`).
 *
 * The text holds no NUL, so that the first one begins the trailer, wherever the pieces are cut.
 */
export class VtyReply {
  #pieces: Buffer[] = [];
  #trailer: Buffer = Buffer.alloc(0);
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  add(piece: Buffer): ReplyProgress {
    this.#bytes += piece.length;
    if (this.#trailer.length > 0) {
      this.#trailer = Buffer.concat([this.#trailer, piece]);
    } else {
      const nul = piece.indexOf(0);
      if (nul < 0) {
        this.#pieces.push(piece);
        return { state: "incomplete" };
      }
      this.#pieces.push(piece.subarray(0, nul));
      this.#trailer = piece.subarray(nul);
    }
    return this.#end();
  }

  #end(): ReplyProgress {
    const trailer = this.#trailer;
    if (trailer.subarray(0, 3).some((byte) => byte !== 0)) {
      return { state: "nonsense", why: "a NUL in the middle of the answer" };
    }
    if (trailer.length < TRAILER_BYTES) return { state: "incomplete" };
    if (trailer.length > TRAILER_BYTES) return { state: "nonsense", why: "more text behind the end of the answer" };
    return { state: "complete", text: Buffer.concat(this.#pieces).toString("utf8"), status: trailer[3] ?? 0 };
  }
}
