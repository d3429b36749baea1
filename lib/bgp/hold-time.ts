/**
 * The hold time that both speakers keep, in seconds. 0 means that neither sends KEEPALIVEs.
 *
 * Each speaker offers one in its OPEN, and the smaller wins (RFC 4271 §4.2).
 *
 * @throws RangeError for an offer of 1 or 2 s, which a speaker must reject (RFC 4271 §6.2).
 */
export function negotiateHoldTimeSec(localSec: number, peerSec: number): number {
  for (const offer of [localSec, peerSec]) {
    if (offer === 1 || offer === 2) {
      throw new RangeError(`hold time of ${offer} s: offer 0, or at least 3 s (RFC 4271 §4.2)`);
    }
  }
  return Math.min(localSec, peerSec);
}
