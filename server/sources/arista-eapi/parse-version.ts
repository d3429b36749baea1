import { z } from "zod";
import type { Resources } from "../../../lib/fabric/resources.ts";
import { count, freeText, seconds, wordsOf } from "../switch/scalars.ts";
import { instant } from "./eos-scalars.ts";

export interface Version {
  readonly version: string;
  readonly model?: string;
  readonly serial?: string;
  readonly startedAt?: number;
  /** Epoch ms that the switch's clock showed; absent where a release gives no uptime. */
  readonly clockAt?: number;
  readonly resources?: Resources;
}

const Answer = z.object({
  version: z.string().min(1),
  modelName: freeText.optional(),
  serialNumber: freeText.optional(),
  bootupTimestamp: seconds.optional(),
  uptime: seconds.optional(),
  /** kB. What is free leaves out buffers and caches, which could be given to others. */
  memTotal: count.optional(),
  memFree: count.optional(),
});

/** `show version` as JSON. @throws ZodError for anything else. */
export function parseVersion(answer: unknown): Version {
  const { version, modelName, serialNumber, bootupTimestamp, uptime, memTotal, memFree } = Answer.parse(answer);
  const startedAt = instant(bootupTimestamp, 0);
  return {
    version: wordsOf(version, 100) ?? "",
    ...(modelName && { model: modelName }),
    ...(serialNumber && { serial: serialNumber }),
    ...(startedAt !== undefined && { startedAt }),
    ...(startedAt !== undefined && uptime !== undefined && { clockAt: startedAt + Math.round(uptime * 1000) }),
    ...(memTotal && {
      resources: {
        memoryTotalBytes: memTotal * 1024,
        ...(memFree !== undefined && memFree <= memTotal && { memoryUsedBytes: (memTotal - memFree) * 1024 }),
      },
    }),
  };
}

/** `show version` as text. @throws SyntaxError when it names no software image. */
export function parseVersionText(text: string): Version {
  const version = wordsOf(/^Software image version: *(\S.*)$/m.exec(text)?.[1] ?? "", 100);
  if (!version) throw new SyntaxError('no line "Software image version: ..." in it');
  const model = wordsOf(/^ *(?:Arista )?(\S+) *$/m.exec(text.slice(0, 1_000).split("\n")[0] ?? "")?.[1] ?? "", 100);
  const serial = wordsOf(/^Serial number: *(\S.*)$/m.exec(text)?.[1] ?? "", 100);
  return { version, ...(model && { model }), ...(serial && { serial }) };
}

const Hostname = z.object({ hostname: freeText });

/** `show hostname` as text. @throws SyntaxError. */
export function parseHostnameText(text: string): string | undefined {
  const hostname = wordsOf(/^Hostname: *(\S.*)$/m.exec(text)?.[1] ?? "", 256);
  if (!hostname) throw new SyntaxError('no line "Hostname: ..." in it');
  return hostname;
}

/** `show hostname` as JSON. @throws ZodError. */
export function parseHostname(answer: unknown): string | undefined {
  return Hostname.parse(answer).hostname;
}
