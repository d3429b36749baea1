import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { parseNeighbor, type Setting } from "./parse-neighbor.ts";
import type { BgpRow } from "./parse-protocols.ts";

/**
 * The neighbor as we knew it, with the state, the instant and the error of its new row: what can be said of a session
 * whose details were not asked yet, because too many changed at once.
 */
export function withRow(earlier: Neighbor, row: BgpRow, setting: Setting): Neighbor {
  const { state, heldDown, since, lastError, rawState } = parseNeighbor({ row, details: "", text: row.line }, setting);
  const { heldDown: _heldDown, since: _since, lastError: _lastError, rawState: _rawState, ...lasting } = earlier;
  const stillUp = state === "established" && earlier.state === "established";
  return {
    ...lasting,
    state,
    ...(heldDown && { heldDown }),
    ...(since !== undefined && { since }),
    ...(lastError && { lastError }),
    ...(rawState !== undefined && { rawState }),
    families: stillUp
      ? earlier.families
      : earlier.families.map(({ family, limit }) => ({ family, ...(limit && { limit }) })),
    timers: stillUp ? earlier.timers : {},
  };
}
