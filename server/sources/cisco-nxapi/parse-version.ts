import { z } from "zod";
import type { DeviceFacts } from "../../../lib/fabric/device.ts";
import { maybeCount, text } from "./nxos-scalars.ts";

const Answer = z.object({
  host_name: text.optional(),
  chassis_id: text.optional(),
  nxos_ver_str: text.optional(),
  sys_ver_str: text.optional(),
  kickstart_ver_str: text.optional(),
  proc_board_id: text.optional(),
  kern_uptm_days: maybeCount,
  kern_uptm_hrs: maybeCount,
  kern_uptm_mins: maybeCount,
  kern_uptm_secs: maybeCount,
});

/** `show version`. @throws ZodError or SyntaxError for anything else. */
export function parseVersion(answer: unknown, observedAt?: number): DeviceFacts {
  const told = Answer.parse(answer);
  const version = told.nxos_ver_str ?? told.sys_ver_str ?? told.kickstart_ver_str;
  if (!version) throw new SyntaxError("no nxos_ver_str, sys_ver_str or kickstart_ver_str in it");
  const { kern_uptm_days: days, kern_uptm_hrs: hours, kern_uptm_mins: minutes, kern_uptm_secs: seconds } = told;
  const upSec =
    days === undefined || hours === undefined || minutes === undefined || seconds === undefined
      ? undefined
      : ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return {
    system: "Cisco NX-OS",
    version,
    ...(told.host_name && { hostname: told.host_name }),
    ...(told.chassis_id && { model: told.chassis_id }),
    ...(told.proc_board_id && { serial: told.proc_board_id }),
    ...(upSec !== undefined &&
      observedAt !== undefined && { startedAt: Math.round((observedAt / 1000 - upSec) / 10) * 10_000 }),
  };
}
