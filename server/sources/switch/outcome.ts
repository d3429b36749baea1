/**
 * Why one command of a batch gave nothing.
 * `inactive`: BGP (or the VRF) is not there, which is an answer. `not-applicable`: this platform cannot have it.
 * `text-only`: no JSON form. `invalid`: this release has no such command. `refused`: we may not run it.
 */
export type CommandTrouble = "inactive" | "not-applicable" | "text-only" | "invalid" | "refused" | "failed";

export type Outcome =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly why: CommandTrouble; readonly text: string };
