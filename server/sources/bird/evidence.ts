import type { Evidence } from "../../../lib/fabric/observation.ts";

export const MAX_EVIDENCE_CHARS = 65_536;

/** The last raw answers: one for each command, and the part of each protocol. BIRD prints no secrets in any of them. */
export class EvidenceBook {
  readonly #source: string;
  readonly #device: string;
  readonly #byCommand = new Map<string, Evidence>();
  readonly #byProtocol = new Map<string, Evidence>();

  constructor(source: string, device: string) {
    this.#source = source;
    this.#device = device;
  }

  command(command: string, text: string, observedAt: number): void {
    this.#byCommand.set(command, this.#page(command, text, observedAt));
  }

  protocol(name: string, command: string, text: string, observedAt: number): void {
    this.#byProtocol.set(name, { ...this.#head(command, observedAt), text });
  }

  /** What a protocol's block said when it was last read whole. */
  textOf(name: string, command: string): string | undefined {
    const page = this.#byProtocol.get(name);
    return page?.command === command ? page.text : undefined;
  }

  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#byProtocol.keys()) if (!names.has(name)) this.#byProtocol.delete(name);
  }

  /** Of one protocol, its own block first; or of the whole daemon, newest first. */
  pages(protocol: string | undefined): readonly Evidence[] {
    const own = protocol === undefined ? undefined : this.#byProtocol.get(protocol);
    const pages = own ? [this.#page(own.command, own.text, own.observedAt)] : [];
    const bfd = this.#byCommand.get("show bfd sessions");
    if (protocol === undefined) pages.push(...this.#byCommand.values());
    else if (bfd) pages.push(bfd);
    return own ? pages : pages.toSorted((a, b) => b.observedAt - a.observedAt);
  }

  #head(command: string, observedAt: number): Omit<Evidence, "text"> {
    return { source: this.#source, device: this.#device, command, observedAt };
  }

  #page(command: string, raw: string, observedAt: number): Evidence {
    const text = raw.slice(0, MAX_EVIDENCE_CHARS).replaceAll("\0", "");
    const cutChars = raw.length - MAX_EVIDENCE_CHARS;
    return { ...this.#head(command, observedAt), text, ...(cutChars > 0 && { cutChars }) };
  }
}
