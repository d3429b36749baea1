import type { SourceHealth } from "../fabric/observation.ts";
import { SESSION_KINDS, SESSION_STATUSES } from "../fabric/session.ts";
import { CAUSES } from "../fabric/verdict.ts";
import { canonicalAddress, contains, parsePrefix } from "../net/address.ts";
import { asdot, parseAsn } from "../net/asn.ts";
import { type FilterWord, filterWords } from "./filter-words.ts";
import { ageOf, endFreshness } from "./session-age.ts";
import type { EndRow, SessionRow } from "./view.ts";

/** What a filter may ask beyond the row itself. */
export interface FilterContext {
  readonly now: number;
  readonly sources: ReadonlyMap<string, SourceHealth>;
}

export interface SessionFilter {
  readonly words: readonly FilterWord[];
  /** In words, with the place: what was not understood. Such a word filters nothing. */
  readonly problems: readonly string[];
  /** True when the answer may change with time alone: ages, spans, staleness. */
  readonly timed: boolean;
  match(row: SessionRow, context: FilterContext): boolean;
}

const TIMED: ReadonlySet<string | undefined> = new Set(["since", "age", "stale"]);

type Test = (row: SessionRow, context: FilterContext) => boolean;

/** Compiles the text of the filter box (docs/filter.md holds its grammar for people). All words must match. */
export function sessionFilter(text: string): SessionFilter {
  const words = filterWords(text);
  const problems: string[] = [];
  const tests: Test[] = [];
  for (const word of words) {
    const test = compile(word);
    if (typeof test === "string") problems.push(`“${word.text}” at ${word.at + 1}: ${test}`);
    else if (test) tests.push(word.negated ? (row, context) => !test(row, context) : test);
  }
  return {
    words,
    problems,
    timed: words.some(({ field }) => TIMED.has(field)),
    match: (row, context) => tests.every((test) => test(row, context)),
  };
}

/** A test, or why there is none; `undefined` for a field whose value is still being typed. */
function compile(word: FilterWord): Test | string | undefined {
  if (word.field === undefined) return word.fuzzy ? fuzzy(word.value) : bare(word.value);
  const field = FIELDS[word.field];
  if (!field) {
    // An IPv6 address or prefix has colons, and is no field.
    const whole = `${word.field}:${word.value}`;
    if (canonicalAddress(whole) || parsePrefix(whole)) return bare(whole);
    return `there is no field ${word.field}; there are ${Object.keys(FIELDS).join(", ")}`;
  }
  return word.values.length === 0 ? undefined : field(word.values, word.value);
}

type Field = (values: readonly string[], text: string) => Test | string;

const FIELDS: Readonly<Record<string, Field>> = Object.assign(Object.create(null) as Record<string, Field>, {
  state: oneOf(SESSION_STATUSES, (row) => row.status),
  kind: oneOf(SESSION_KINDS, (row) => row.kind),
  cause: causeField,
  rack: named(({ near, far }) => [near.rack, far.rack], true),
  node: named(({ near, far, kind }) => (kind === "node-node" ? [near.device, far.device] : [near.device])),
  tor: named(({ near, far, kind }) =>
    kind === "node-tor" ? [far.device] : kind === "tor-spine" ? [near.device] : [near.device, far.device],
  ),
  spine: named(({ far }) => [far.device]),
  device: named(({ near, far }) => [near.device, far.device]),
  side: named(({ fault }) => [fault?.where]),
  error: named(({ lastError }) => [lastError]),
  vrf: named(({ vrf }) => [vrf], true),
  as: asField,
  address: addressField,
  // Figures are the far end's, as in the table: what the near end received is another thing.
  flaps: compared(({ flaps }) => flaps, number),
  received: compared(({ far }) => far.received, number),
  accepted: compared(({ far }) => far.accepted, number),
  advertised: compared(({ far }) => far.advertised, number),
  limit: compared(({ far }) => far.limit, number),
  since: compared(({ since }, { now }) => (since === undefined ? undefined : now - since), span),
  age: compared((row, { now, sources }) => ageOf(row, sources, now), span),
  stale: yesNo((row, context) => row.stale === true || ends(row).some((end) => isStale(end, context))),
  disputed: yesNo((row) => row.disputed === true),
  "one-end": yesNo((row) => row.oneEnd !== undefined),
});

/** Whatever a person may type to find a session, in one lower-case text per row; kept while the row lives. */
const TEXTS = new WeakMap<SessionRow, string>();

function textOf(row: SessionRow): string {
  const kept = TEXTS.get(row);
  if (kept !== undefined) return kept;
  const perEnd = ends(row).flatMap(({ device, rack, address, asn, state }) => [
    device,
    rack,
    address,
    state,
    ...(asn === undefined ? [] : [`as${asn}`, asn, asdot(asn)]),
  ]);
  const text = [
    ...perEnd,
    row.status,
    row.kind,
    row.vrf,
    CAUSES[row.cause],
    row.lastError,
    row.sentence,
    row.fault?.where,
  ]
    .filter((part) => part !== undefined)
    .join("\n")
    .toLowerCase();
  TEXTS.set(row, text);
  return text;
}

function bare(value: string): Test {
  const prefix = parsePrefix(value);
  if (prefix) return (row) => ends(row).some(({ address }) => address !== undefined && contains(prefix, address));
  const address = canonicalAddress(value);
  if (address) return (row) => ends(row).some((end) => end.address === address);
  const wanted = value.toLowerCase();
  return (row) => textOf(row).includes(wanted);
}

/** The letters in order, with others between them allowed, within one part of the row. */
function fuzzy(value: string): Test {
  const letters = value.toLowerCase();
  return (row) =>
    textOf(row)
      .split("\n")
      .some((part) => holdsInOrder(part, letters));
}

function holdsInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function oneOf<T extends string>(allowed: readonly T[], of: (row: SessionRow) => T): Field {
  return (values) => {
    const wanted = values.map((value) => value.toLowerCase());
    const unknown = wanted.find((word) => !(allowed as readonly string[]).includes(word));
    if (unknown !== undefined) return `${unknown} is none of ${allowed.join(", ")}`;
    return (row) => wanted.includes(of(row));
  };
}

/**
 * One of the values is a part of what the row says there, or all of it where `whole`. A number is never a part of a
 * longer one: `leaf-1` is not in `leaf-10`.
 */
function named(of: (row: SessionRow) => readonly (string | undefined)[], whole = false): Field {
  return (values) => {
    const wanted = values.map((value) => value.toLowerCase());
    return (row) =>
      of(row).some((told) => {
        const part = told?.toLowerCase();
        return part !== undefined && wanted.some((word) => (whole ? part === word : holdsWhole(part, word)));
      });
  };
}

function holdsWhole(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = isDigit(word[0]) && isDigit(text[at - 1]);
    const after = isDigit(word.at(-1)) && isDigit(text[at + word.length]);
    if (!before && !after) return true;
  }
  return false;
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}

function causeField(values: readonly string[]): Test | string {
  const causes = new Set<string>();
  for (const value of values) {
    const word = value.toLowerCase();
    const meant = Object.entries(CAUSES).filter(([id, words]) => id === word || words.toLowerCase() === word);
    const close = Object.entries(CAUSES).filter(
      ([id, words]) => id.includes(word) || words.toLowerCase().includes(word),
    );
    if (close.length === 0) return `${value} is no cause that we know; there are ${Object.keys(CAUSES).join(", ")}`;
    for (const [id] of meant.length > 0 ? meant : close) causes.add(id);
  }
  return (row) => causes.has(row.cause);
}

function asField(values: readonly string[]): Test | string {
  const wanted = new Set<number>();
  for (const text of values) {
    const asn = parseAsn(text.replace(/^as/i, ""));
    if (asn === undefined) return `${text} is no AS number`;
    wanted.add(asn);
  }
  return (row) => ends(row).some(({ asn }) => asn !== undefined && wanted.has(asn));
}

function addressField(values: readonly string[]): Test | string {
  const tests: ((address: string) => boolean)[] = [];
  for (const text of values) {
    const prefix = parsePrefix(text);
    const address = canonicalAddress(text);
    if (!prefix && !address) return `${text} is neither an address nor a prefix`;
    tests.push(prefix ? (other) => contains(prefix, other) : (other) => other === address);
  }
  return (row) => ends(row).some(({ address }) => address !== undefined && tests.some((test) => test(address)));
}

/** `>3`, `<1h`, `=0` or just `0`. What is not told matches nothing: it is neither more nor less. */
function compared(
  of: (row: SessionRow, context: FilterContext) => number | undefined,
  read: (text: string) => number | undefined,
): Field {
  return (_values, value) => {
    const [, sign = "=", text = ""] = /^(<=|>=|<|>|=)?(.*)$/s.exec(value) ?? [];
    if (text === "") return "a figure is missing";
    const wanted = read(text);
    if (wanted === undefined)
      return read === span ? `${text} is no span of time like 90s, 5m, 2h, 3d` : `${text} is no number`;
    const holds = COMPARE[sign];
    return (row, context) => {
      const told = of(row, context);
      return told !== undefined && holds?.(told, wanted) === true;
    };
  };
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
};

function yesNo(of: Test): Field {
  return (_values, value) => {
    if (/^(yes|true|1)$/i.test(value)) return of;
    if (/^(no|false|0)$/i.test(value)) return (row, context) => !of(row, context);
    return `${value} is neither yes nor no`;
  };
}

function number(text: string): number | undefined {
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function span(text: string): number | undefined {
  const parts = /^(\d{1,9})([smhd])$/i.exec(text);
  return parts ? Number(parts[1]) * (UNIT_MS[parts[2]?.toLowerCase() ?? ""] ?? 0) : undefined;
}

function ends({ near, far }: SessionRow): readonly EndRow[] {
  return [near, far];
}

function isStale(end: EndRow, { now, sources }: FilterContext): boolean {
  const fresh = endFreshness(end, sources, now);
  return fresh !== undefined && fresh !== "fresh";
}
