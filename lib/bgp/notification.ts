/**
 * NOTIFICATION messages in words: codes and subcodes of RFC 4271 §4.5, Cease subcodes of RFC 4486,
 * hard reset of RFC 8538, the text of a shutdown of RFC 9003 (which replaces 8203).
 */

export interface NotificationCode {
  readonly code: number;
  readonly subcode: number;
}

const CODE_NAME: Readonly<Record<number, string>> = {
  1: "Message Header Error",
  2: "OPEN Message Error",
  3: "UPDATE Message Error",
  4: "Hold Timer Expired",
  5: "Finite State Machine Error",
  6: "Cease",
  7: "ROUTE-REFRESH Message Error",
};

const SUBCODE_NAME: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  1: { 1: "Connection Not Synchronized", 2: "Bad Message Length", 3: "Bad Message Type" },
  2: {
    1: "Unsupported Version Number",
    2: "Bad Peer AS",
    3: "Bad BGP Identifier",
    4: "Unsupported Optional Parameter",
    5: "Authentication Failure",
    6: "Unacceptable Hold Time",
    7: "Unsupported Capability",
    11: "Role Mismatch",
  },
  3: {
    1: "Malformed Attribute List",
    2: "Unrecognized Well-known Attribute",
    3: "Missing Well-known Attribute",
    4: "Attribute Flags Error",
    5: "Attribute Length Error",
    6: "Invalid ORIGIN Attribute",
    7: "AS Routing Loop",
    8: "Invalid NEXT_HOP Attribute",
    9: "Optional Attribute Error",
    10: "Invalid Network Field",
    11: "Malformed AS_PATH",
  },
  5: {
    1: "Unexpected Message in OpenSent",
    2: "Unexpected Message in OpenConfirm",
    3: "Unexpected Message in Established",
  },
  6: {
    1: "Maximum Number of Prefixes Reached",
    2: "Administrative Shutdown",
    3: "Peer De-configured",
    4: "Administrative Reset",
    5: "Connection Rejected",
    6: "Other Configuration Change",
    7: "Connection Collision Resolution",
    8: "Out of Resources",
    9: "Hard Reset",
    10: "BFD Down",
  },
  7: { 1: "Invalid Message Length" },
};

/** `Cease / Administrative Shutdown`; numbers stand where the registry has no name. */
export function notificationName({ code, subcode }: NotificationCode): string {
  const name = CODE_NAME[code] ?? `code ${code}`;
  if (subcode === 0) return name;
  return `${name} / ${SUBCODE_NAME[code]?.[subcode] ?? `subcode ${subcode}`}`;
}

/**
 * The code behind a device's words, whoever wrote them: `Cease/Administrative Shutdown` (FRR), `Administrative shutdown`
 * or `Hold timer expired` (BIRD), `Bad peer AS`. `undefined` when the words name no NOTIFICATION.
 */
export function parseNotificationWords(words: string): NotificationCode | undefined {
  const wanted = plain(words);
  const exact = BY_WORDS.get(wanted);
  if (exact) return exact;
  const slash = words.indexOf("/");
  return slash < 0 ? undefined : BY_WORDS.get(plain(words.slice(slash + 1)));
}

/** `0601` as FRR prints it: code in the first byte, subcode in the second. */
export function parseNotificationHex(hex: string): NotificationCode | undefined {
  if (!/^[0-9a-f]{4}$/i.test(hex)) return undefined;
  const code = Number.parseInt(hex.slice(0, 2), 16);
  return code === 0 ? undefined : { code, subcode: Number.parseInt(hex.slice(2), 16) };
}

export const CEASE = {
  prefixLimit: { code: 6, subcode: 1 },
  adminShutdown: { code: 6, subcode: 2 },
  deconfigured: { code: 6, subcode: 3 },
  adminReset: { code: 6, subcode: 4 },
  rejected: { code: 6, subcode: 5 },
  configChange: { code: 6, subcode: 6 },
  collision: { code: 6, subcode: 7 },
  hardReset: { code: 6, subcode: 9 },
  bfdDown: { code: 6, subcode: 10 },
} as const satisfies Record<string, NotificationCode>;
export const BAD_PEER_AS: NotificationCode = { code: 2, subcode: 2 };
export const HOLD_TIMER_EXPIRED: NotificationCode = { code: 4, subcode: 0 };

export function sameNotification(a: NotificationCode | undefined, b: NotificationCode): boolean {
  return a !== undefined && a.code === b.code && a.subcode === b.subcode;
}

function plain(words: string): string {
  return words.toLowerCase().replaceAll(/[^a-z]/g, "");
}

/** Words of BIRD (`proto/bgp/packets.c`) and of EOS that differ from the registry's. */
const OTHER_WORDS: readonly [string, NotificationCode][] = [
  ["Invalid message header", { code: 1, subcode: 0 }],
  ["Invalid OPEN message", { code: 2, subcode: 0 }],
  ["Required capability missing", { code: 2, subcode: 7 }],
  ["Unknown authentication", { code: 2, subcode: 5 }],
  ["No supported AFI/SAFI", { code: 2, subcode: 8 }],
  ["Invalid UPDATE message", { code: 3, subcode: 0 }],
  ["Hold timer expired", { code: 4, subcode: 0 }],
  ["Connection rejected", CEASE.rejected],
  ["Connection collision", CEASE.collision],
  ["Maximum number of prefixes reached", CEASE.prefixLimit],
  ["Administrative shutdown", CEASE.adminShutdown],
  ["Peer de-configured", CEASE.deconfigured],
  ["Administrative reset", CEASE.adminReset],
  ["Other configuration change", CEASE.configChange],
  ["Configuration change", CEASE.configChange],
  ["bad AS number", BAD_PEER_AS],
  ["BFD session down", CEASE.bfdDown],
];

const BY_WORDS: ReadonlyMap<string, NotificationCode> = new Map([
  ...Object.entries(CODE_NAME).map(([code, name]) => [plain(name), { code: Number(code), subcode: 0 }] as const),
  ...Object.entries(SUBCODE_NAME).flatMap(([code, names]) =>
    Object.entries(names).map(
      ([subcode, name]) => [plain(name), { code: Number(code), subcode: Number(subcode) }] as const,
    ),
  ),
  ...OTHER_WORDS.map(([words, code]) => [plain(words), code] as const),
]);
