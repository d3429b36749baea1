import type { BirdFacts } from "./bird-protocol.ts";

/** One protocol as both `show protocols` (the row) and `show protocols all` (with details) tell it. */
export interface ProtocolBlock {
  readonly name: string;
  readonly row: string;
  /** Without reply codes. Empty for a protocol that has nothing to say. */
  readonly details: readonly string[];
}

/** What differs between the BIRDs. Whole replies carry their codes; the rows and details of protocols do not yet. */
export interface BirdPrinter {
  readonly version: string;
  readonly heading: string;
  readonly syntaxError: string;
  readonly emptyCommand: string;
  noProtocol(name: string): string;
  status(facts: BirdFacts): string[];
  protocols(facts: BirdFacts): ProtocolBlock[];
  interfaces(facts: BirdFacts): string[];
  interfaceSummary(facts: BirdFacts): string[];
  bfdSessions(facts: BirdFacts): string[];
  routeCount(facts: BirdFacts): string[];
  memory(facts: BirdFacts): string[];
}

/** The five rows of `Route change stats`, the same in both but for the indent. */
export function changeStats(
  indent: string,
  { imported, offered, rejected, exported }: { imported: number; offered: number; rejected: number; exported: number },
): string[] {
  const filtered = Math.max(0, offered - rejected - exported);
  return [
    `${indent}Route change stats:     received   rejected   filtered    ignored   accepted`,
    `${indent}  Import updates:     ${cells([imported, 0, 0, 0, imported])}`,
    `${indent}  Import withdraws:   ${cells([0, 0, "---", 0, 0])}`,
    `${indent}  Export updates:     ${cells([offered, offered === 0 ? 0 : rejected, filtered, "---", exported])}`,
    `${indent}  Export withdraws:   ${cells([0, "---", "---", "---", 0])}`,
  ];
}

function cells(values: readonly (number | string)[]): string {
  return values.map((value) => String(value).padStart(10)).join(" ");
}
