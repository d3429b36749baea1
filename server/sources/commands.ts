import { EAPI_COMMANDS } from "./arista-eapi/read.ts";
import { BIRD_COMMANDS } from "./bird/read.ts";
import { NXAPI_COMMANDS } from "./cisco-nxapi/read.ts";
import { FRR_COMMANDS } from "./frr/read.ts";
import { JUNOS_COMMANDS } from "./junos/read.ts";

/**
 * Reads one saved answer of `device` into our model.
 *
 * @throws ZodError or SyntaxError when the answer is not what the command gives.
 */
export type ReadAnswer = (text: string, device: string) => unknown;

/** Kind of source -> command as an operator types it -> how its answer is read. */
export const COMMANDS: ReadonlyMap<string, ReadonlyMap<string, ReadAnswer>> = new Map([
  ["arista-eapi", EAPI_COMMANDS],
  ["bird", BIRD_COMMANDS],
  ["cisco-nxapi", NXAPI_COMMANDS],
  ["frr", FRR_COMMANDS],
  ["junos", JUNOS_COMMANDS],
]);
