import type { AddressBinding, MacBinding } from "../../../lib/fabric/attachment.ts";
import type { DeviceFacts, Interface, InterfaceTraffic, LldpNeighbor } from "../../../lib/fabric/device.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Resources, TableUse } from "../../../lib/fabric/resources.ts";
import type { RouteAnswer, RouteCount, RouteQuestion } from "../../../lib/fabric/route.ts";
import type { Patience } from "../https.ts";
import type { Outcome } from "./outcome.ts";
import type { BfdPeer, DetailPeer, Summary } from "./peer.ts";

/** What we want to know of a switch, whoever built it. */
export const PARTS = [
  "summary",
  "neighbors",
  "bfd",
  "interfaces",
  "vrfs",
  "lldp",
  "version",
  "hostname",
  "resources",
  "capacity",
  "route-counts",
  "addresses",
  "macs",
] as const;
export type Part = (typeof PARTS)[number];

/** The commands that tell a part: alternatives, best first, each of one command or several that belong together. */
export type Ways<Command extends string> = Readonly<Partial<Record<Part, readonly (readonly Command[])[]>>>;

/** What one answer tells. */
export interface Told {
  readonly summary?: Summary;
  readonly details?: readonly DetailPeer[];
  readonly bfd?: readonly BfdPeer[];
  readonly facts?: DeviceFacts;
  /** Epoch ms that the device's own clock showed when it answered. */
  readonly clockAt?: number;
  readonly interfaces?: readonly Interface[];
  readonly lldp?: ReadonlyMap<string, LldpNeighbor>;
  readonly traffic?: readonly InterfaceTraffic[];
  readonly resources?: Resources;
  readonly tables?: readonly TableUse[];
  readonly routeCounts?: readonly RouteCount[];
  readonly addresses?: readonly AddressBinding[];
  readonly macs?: readonly MacBinding[];
}

/** When an answer was given, for ages in it. Without it they are left out. */
export interface AnswerTime {
  readonly observedAt?: number;
  /** How far the device's clock is ahead of ours. */
  readonly skewMs: number;
}

/** How one kind of switch is spoken to: which commands it has, and how their answers are read. Pure. */
export interface Dialect<Command extends string> {
  /** `arista-eapi`, `cisco-nxapi`. */
  readonly kind: string;
  /** `Arista EOS`, `Cisco NX-OS`. */
  readonly system: string;
  readonly ways: Ways<Command>;
  /** @throws ZodError or SyntaxError for what is no answer to this command. */
  read(command: Command, answer: unknown, time: AnswerTime): Told;
  /** What of an answer tells of this neighbor, for people; undefined when nothing does. */
  partOf(answer: unknown, neighbor: Neighbor): unknown;
  /** The command for routes, and how its answer is read; undefined for a question that this kind of switch cannot answer. */
  routes(question: RouteQuestion): RouteAsking<Command> | undefined;
}

export interface RouteAsking<Command extends string> {
  /** Alternatives, best first: the next is tried where a release has no such command. */
  readonly commands: readonly Command[];
  read(answer: unknown, observedAt: number): Pick<RouteAnswer, "routes" | "cut">;
}

/** Whoever carries commands to a switch and its answers back. */
export interface SwitchClient<Command extends string> {
  /**
   * Asks a batch; each command has its outcome, and one that fails takes no other with it. At most one request is in flight.
   * @throws SourceError when the switch gave no answer at all.
   */
  run(commands: readonly Command[], patience: Patience): Promise<ReadonlyMap<Command, Outcome>>;
  /** Ends what a login began. Never throws. */
  close(): Promise<void>;
}
