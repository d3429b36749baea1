import { isIP } from "node:net";
import { z } from "zod";
import { DEVICE_ROLES } from "../lib/fabric/device.ts";
import { canonicalAddress, isLoopback } from "../lib/net/address.ts";

/**
 * The shape of `peerglass.yaml`. Unknown keys are refused: a misspelt one must not be silently without effect.
 * Descriptions travel into the published JSON Schema, where an editor shows them.
 */

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const HOST_KEY = /^SHA256:[A-Za-z0-9+/]{43}$/;
const PIN = /^sha256\/[A-Za-z0-9+/]{43}=$/;

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, "must hold no control characters");
const path = text(4096);
const everySec = z
  .number()
  .min(0.2)
  .max(300)
  .exactOptional()
  .describe("Seconds between two questions to this source; poll.everySec where absent");

/** Where a credential is kept. The credential itself never stands in the file. */
export type SecretRef = { readonly env: string } | { readonly file: string };

const LITERAL_SECRET =
  "must not stand here in clear: write { env: NAME } for an environment variable, or { file: PATH } for a file that only Peerglass's user may read";

const secretRef = z
  .strictObject(
    {
      env: z.string().regex(ENVIRONMENT_NAME, "must be the name of an environment variable").exactOptional(),
      file: path.exactOptional(),
    },
    { error: (issue) => (typeof issue.input === "string" ? LITERAL_SECRET : undefined) },
  )
  .meta({ oneOf: [{ required: ["env"] }, { required: ["file"] }] })
  .transform(({ env, file }, context): SecretRef => {
    if (env !== undefined && file === undefined) return { env };
    if (file !== undefined && env === undefined) return { file };
    context.addIssue({ code: "custom", message: "needs exactly one of env and file" });
    return z.NEVER;
  })
  .describe("Where the credential is kept: { env: NAME } or { file: PATH }");

const birdSource = z
  .strictObject({
    kind: z.literal("bird"),
    socket: path.describe("BIRD's control socket, e.g. /run/bird/bird.ctl or /var/run/calico/bird.ctl"),
    everySec,
  })
  .describe("BIRD 1.6 or 2, Calico's too, over its control socket");

const frrSource = z
  .strictObject({
    kind: z.literal("frr"),
    directory: path.exactOptional().describe("Directory of the daemons' VTY sockets, e.g. /run/frr"),
    vtysh: z
      .array(text(4096))
      .min(1)
      .max(32)
      .exactOptional()
      .describe('Command that runs vtysh where the sockets cannot be reached, e.g. ["docker", "exec", "frr", "vtysh"]'),
    everySec,
  })
  .meta({ oneOf: [{ required: ["directory"] }, { required: ["vtysh"] }] })
  .transform(({ directory, vtysh, ...rest }, context) => {
    if (directory !== undefined && vtysh === undefined) return { ...rest, via: { directory } };
    if (vtysh !== undefined && directory === undefined) return { ...rest, via: { vtysh } };
    context.addIssue({ code: "custom", message: "needs exactly one of directory and vtysh" });
    return z.NEVER;
  })
  .describe("FRRouting, over its daemons' VTY sockets (directory) or a vtysh command");

/** What every switch needs that is asked over HTTPS. */
const overHttps = {
  url: z
    .string()
    .max(2048)
    .check(({ value, issues }) => {
      const wrong = wrongUrl(value);
      if (wrong) issues.push({ code: "custom", message: wrong, input: value });
    })
    .meta({ pattern: "^https://[^/?#@]+/?$", description: "https://HOST[:PORT] of the switch" }),
  username: z.union([text(256), secretRef]).describe("A name, or where it is kept: { env: NAME } or { file: PATH }"),
  password: secretRef,
  tls: z
    .strictObject({
      ca: path.exactOptional().describe("PEM file of the authority that signed the switch's certificate"),
      pin: z
        .string()
        .regex(PIN, "must be sha256/ and the base64 of the SHA-256 of the certificate's public key")
        .exactOptional()
        .describe("SHA-256 of the certificate's public key: sha256/BASE64="),
      serverName: text(253).exactOptional().describe("Name that the certificate must bear, where it is not the URL's"),
    })
    .prefault({}),
  everySec,
};

const aristaEapiSource = z
  .strictObject({
    kind: z.literal("arista-eapi"),
    ...overHttps,
    login: z
      .enum(["basic", "session"])
      .default("basic")
      .describe("session logs in once and keeps a cookie; it spares an AAA server"),
  })
  .describe("Arista EOS, over eAPI (HTTPS, JSON-RPC)");

const ciscoNxapiSource = z
  .strictObject({ kind: z.literal("cisco-nxapi"), ...overHttps })
  .describe("Cisco NX-OS, over NX-API (HTTPS, JSON-RPC or ins_api)");

/** How a Junos device is reached, and with what. */
export type JunosVia =
  | { readonly rest: string; readonly password: SecretRef; readonly tls: z.output<typeof overHttps.tls> }
  | {
      readonly netconf: { readonly host: string; readonly port: number };
      readonly login: { readonly password: SecretRef } | { readonly privateKey: SecretRef };
      readonly hostKey?: string;
    };

const junosSource = z
  .strictObject({
    kind: z.literal("junos"),
    netconf: z
      .string()
      .max(300)
      .refine((place) => hostAndPort(place) !== undefined, "must be HOST or HOST:PORT, an IPv6 address in brackets")
      .exactOptional()
      .describe("HOST[:PORT] of NETCONF over SSH; port 830 where absent"),
    hostKey: z
      .string()
      .regex(HOST_KEY, "must be SHA256: and 43 characters, as ssh-keygen -l prints it")
      .exactOptional()
      .describe("Fingerprint of the device's SSH host key: SHA256:..."),
    privateKey: secretRef.exactOptional(),
    rest: overHttps.url.meta({ description: "https://HOST[:PORT] of the REST API" }).exactOptional(),
    tls: overHttps.tls,
    username: overHttps.username,
    password: secretRef.exactOptional(),
    everySec,
  })
  .meta({ oneOf: [{ required: ["netconf"] }, { required: ["rest"] }] })
  .transform(({ netconf, hostKey, privateKey, rest, tls, password, ...common }, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if ((netconf === undefined) === (rest === undefined)) return refuse("needs exactly one of netconf and rest");
    let via: JunosVia;
    if (rest !== undefined) {
      if (hostKey !== undefined || privateKey !== undefined)
        return refuse("hostKey and privateKey belong to netconf, not to rest");
      if (password === undefined) return refuse("needs a password");
      via = { rest, password, tls };
    } else {
      if (Object.keys(tls).length > 0)
        return refuse("tls belongs to rest; of netconf the host key is pinned, by hostKey");
      const login = password ? (privateKey ? undefined : { password }) : privateKey && { privateKey };
      if (!login) return refuse("needs exactly one of password and privateKey");
      const place = hostAndPort(netconf ?? "") ?? { host: "", port: 0 };
      via = { netconf: place, login, ...(hostKey !== undefined && { hostKey }) };
    }
    return { ...common, via };
  })
  .describe("Junos, over NETCONF (SSH) or its REST API (HTTPS)");

const device = z.strictObject({
  name: z
    .string()
    .regex(
      NAME,
      "must be 1 to 63 letters, digits, dots, hyphens and underscores, and begin and end with a letter or digit",
    )
    .describe("Unique in the fabric"),
  role: z.enum(DEVICE_ROLES),
  rack: text(63).exactOptional(),
  addresses: z
    .array(
      z
        .string()
        .refine((address) => canonicalAddress(address) !== undefined, "must be an IP address, without a prefix length"),
    )
    .max(64)
    .exactOptional()
    .describe("Addresses that its BGP neighbors know it by; needed only to recognise it before it has ever answered"),
  sources: z
    .array(z.discriminatedUnion("kind", [birdSource, frrSource, aristaEapiSource, ciscoNxapiSource, junosSource]))
    .max(16)
    .default([])
    .describe("How the device is asked; a device without sources is drawn as not observed"),
});

export const SettingsSchema = z
  .strictObject({
    fabric: z
      .strictObject({
        name: text(63).default("fabric").describe("Shown on every page"),
        demo: z.boolean().default(false).describe("Set by the built-in demo; every page then says so"),
      })
      .prefault({}),
    listen: z
      .strictObject({
        host: z.string().refine(isAddress, "must be an IP address, or localhost").default("127.0.0.1"),
        port: z
          .int()
          .min(0)
          .max(65535)
          .default(3000)
          .describe("0 takes a free port; PORT in the environment overrides"),
        allowRemote: z
          .boolean()
          .default(false)
          .describe("There is no sign-in yet: an address beyond loopback is refused unless this is true"),
      })
      .prefault({}),
    poll: z
      .strictObject({
        everySec: z.number().min(0.2).max(300).default(5).describe("Seconds between two questions to a source"),
        deadlineSec: z.number().min(0.1).max(300).default(10).describe("Seconds that one poll of one device may take"),
        maxAnswerMiB: z.number().min(0.0625).max(256).default(8).describe("Largest answer taken, after inflating"),
      })
      .prefault({}),
    devices: z.array(device).max(20_000).default([]),
  })
  .check(({ value: { listen, devices }, issues }) => {
    if (!listen.allowRemote && isAddress(listen.host) && !isLoopback(listen.host)) {
      issues.push({
        code: "custom",
        message: remoteRefused(listen.host),
        path: ["listen", "host"],
        input: listen.host,
      });
    }
    const askedBy = new Map<string, string>();
    for (const [d, { sources }] of devices.entries()) {
      for (const [s, source] of sources.entries()) {
        const place = placeOf(source);
        const here = `devices.${d}.sources.${s}`;
        const first = askedBy.get(`${source.kind} ${place}`);
        if (first === undefined) askedBy.set(`${source.kind} ${place}`, here);
        else {
          const message = `asks ${place}, as ${first} does already; one daemon tells of one device, and is asked once`;
          issues.push({ code: "custom", message, path: ["devices", d, "sources", s], input: source });
        }
      }
    }
    const firstAt = new Map<string, number>();
    for (const [index, { name }] of devices.entries()) {
      const first = firstAt.get(name.toLowerCase());
      if (first === undefined) firstAt.set(name.toLowerCase(), index);
      else {
        const message = `${name} is already the name of devices.${first}; every device needs its own, in any case of letters`;
        issues.push({ code: "custom", message, path: ["devices", index, "name"], input: name });
      }
    }
  });

export type Settings = z.output<typeof SettingsSchema>;
export type DeviceSettings = Settings["devices"][number];
export type SourceSettings = DeviceSettings["sources"][number];

/** Where a source asks, written the same whenever it is the same. */
function placeOf(source: SourceSettings): string {
  switch (source.kind) {
    case "bird":
      return source.socket;
    case "frr":
      return "directory" in source.via ? source.via.directory : source.via.vtysh.join(" ");
    case "arista-eapi":
    case "cisco-nxapi":
      return URL.parse(source.url)?.origin ?? "";
    case "junos":
      return "rest" in source.via
        ? (URL.parse(source.via.rest)?.origin ?? "")
        : `${source.via.netconf.host}:${source.via.netconf.port}`;
    default:
      return source satisfies never;
  }
}

function isAddress(host: string): boolean {
  return host === "localhost" || isIP(host) !== 0;
}

function remoteRefused(host: string): string {
  return `${host} can be reached from other machines, and Peerglass has no sign-in yet: whoever reaches it sees the whole fabric. Listen on 127.0.0.1, or accept that with listen.allowRemote: true (--allow-remote)`;
}

const NETCONF_PORT = 830;

/** `leaf-3`, `leaf-3:8300`, `[2001:db8::1]:830`; undefined for anything else. */
function hostAndPort(place: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(place) ?? [];
  const host = bracketed ?? plain;
  const port = digits === undefined ? NETCONF_PORT : Number(digits);
  if (host === undefined || port < 1 || port > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6))
    return undefined;
  return { host, port };
}

/** The refusal must not repeat the text: a URL may hold a password. */
function wrongUrl(value: string): string | undefined {
  const url = URL.parse(value);
  if (!url?.hostname) return "must be a URL like https://leaf-1.example.net";
  if (url.protocol !== "https:") return "must begin with https://: credentials do not travel in clear";
  if (url.username || url.password) return "must hold no credentials: they belong into username and password";
  if (url.search || url.hash) return "must end before any ? or #";
  if (url.pathname !== "/") return "must end after host and port: Peerglass adds the path itself";
  return undefined;
}
