import type { AddressFamily } from "../bgp/address-family.ts";
import type { NotificationCode } from "../bgp/notification.ts";
import type { SessionState } from "../bgp/session-state.ts";

/**
 * One end of a BGP session, as its own speaker tells it. Its other end is another `Neighbor`.
 * A field is absent when the source did not tell it: never 0, never "". Instants are epoch milliseconds.
 */
export interface Neighbor {
  /** `neighborId(device, vrf, key)`: the same for the same configured neighbor from one answer to the next. */
  readonly id: string;
  readonly device: string;
  /** `default` for the global table, as every adapter must write it. */
  readonly vrf: string;
  /** What the device calls it: BIRD's protocol name, FRR's interface name for an unnumbered peer. Absent where that is the address. */
  readonly name?: string;
  /** Canonical. Absent for an unnumbered or dynamic neighbor that has no address yet. */
  readonly neighborAddress?: string;
  /** Canonical address that this end speaks from (update source), when told. */
  readonly localAddress?: string;
  /** Port of the device on which the session runs, when told. */
  readonly interface?: string;
  readonly localAs?: number;
  /** The AS that this end is configured to expect. */
  readonly peerAs?: number;
  readonly localRouterId?: string;
  readonly peerRouterId?: string;
  readonly description?: string;

  readonly state: SessionState;
  /** Present when this end itself holds the session down, and will not try. */
  readonly heldDown?: HeldDown;
  /** When the session last came up or went down, as this end tells it. */
  readonly since?: number;
  /** Times that the session has been lost since the speaker counts; for FRR `connectionsDropped`. */
  readonly flaps?: number;
  readonly lastError?: LastError;
  /** Empty when none is configured or none was told. */
  readonly families: readonly FamilyState[];
  readonly timers: Timers;
  readonly bfd?: Bfd;
  readonly gracefulRestart?: GracefulRestart;
  /** Whether TCP MD5 or TCP-AO is configured at this end; never the key. */
  readonly password?: "set" | "none";
  /** TTL security or multihop, as configured, in hops. */
  readonly multihop?: number;
  /** The device's own word for the state, where ours loses something (`Idle (PfxCt)`, `Passive`). At most 200 characters. */
  readonly rawState?: string;
}

export interface HeldDown {
  readonly by: "admin" | "prefix-limit" | "interface-down" | "no-route" | "policy" | "bfd" | "passive" | "other";
  /** Where `by` is `admin`, the operator's own text and nothing else (sentences quote it); otherwise the device's reason. */
  readonly text?: string;
}

export interface LastError {
  /** `sent` and `received` are NOTIFICATIONs; `local` is what this end saw by itself (socket error, link, timer). */
  readonly direction: "sent" | "received" | "local";
  readonly notification?: NotificationCode;
  /** The device's words, at most 200 characters. */
  readonly text: string;
  /** Operator's text that came with a shutdown (RFC 9003). */
  readonly communication?: string;
  readonly at?: number;
}

export interface FamilyState {
  readonly family: AddressFamily;
  /** Whether both ends agreed to carry it. Absent while the session is down, or when not told. */
  readonly negotiated?: boolean;
  /** Adj-RIB-In before import policy (OpenConfig `received-pre-policy`). */
  readonly received?: number;
  /** Adj-RIB-In after import policy (OpenConfig `received`). */
  readonly accepted?: number;
  /** Of the accepted, those that this device chose as best. */
  readonly best?: number;
  /** Adj-RIB-Out after export policy (OpenConfig `sent`). */
  readonly advertised?: number;
  readonly limit?: PrefixLimit;
}

export interface PrefixLimit {
  readonly max: number;
  readonly warnAtPercent?: number;
  readonly exceeded?: boolean;
  /** Absent when not told. `warn` never closes the session. */
  readonly action?: "warn" | "block" | "restart" | "disable";
  readonly restartSec?: number;
}

/** Seconds. `hold` and `keepalive` are in force (negotiated); absent while the session is down. */
export interface Timers {
  readonly holdSec?: number;
  readonly keepaliveSec?: number;
  readonly configuredHoldSec?: number;
  readonly configuredKeepaliveSec?: number;
  readonly connectRetrySec?: number;
}

export interface Bfd {
  readonly state: "up" | "down" | "init" | "admin-down" | "unknown";
  readonly since?: number;
  /** Agreed where the source tells it, else what this end is configured to send. */
  readonly intervalMs?: number;
  readonly multiplier?: number;
  readonly diagnostic?: string;
}

export interface GracefulRestart {
  /** What this end offers. */
  readonly local?: "restart" | "helper" | "off";
  /** What the other end offered. */
  readonly peer?: "restart" | "helper" | "off";
  /** How long the other end asks us to keep its routes (RFC 4724 §3), as it offered. */
  readonly restartSec?: number;
  /** True while this end keeps the peer's routes though the session is down. */
  readonly keepingStale?: boolean;
}

export function neighborId(device: string, vrf: string, key: string): string {
  return `${device}|${vrf}|${key}`;
}
