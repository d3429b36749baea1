import { type Effect, effectsOf } from "./effect.ts";
import { type End, isUp, remember, type Step, UP } from "./end.ts";
import type { Fault } from "./fault.ts";
import type { Random } from "./random.ts";
import type { Session } from "./session.ts";
import { Timeline } from "./timeline.ts";

const TRYING: readonly Step[] = [{ state: "connect", ms: 0 }];
const OPEN_SENT: readonly Step[] = [{ state: "open-sent", ms: 0 }];
const OPEN_CONFIRM: readonly Step[] = [{ state: "open-confirm", ms: 0 }];

/**
 * Takes sessions down and up again, each end in its own time. Nothing is a timer: what is due happens in `advance`.
 */
export class SessionLife {
  private readonly random: Random;
  private readonly timeline = new Timeline();
  /** Called whenever an end came up or went down. */
  private readonly moved: () => void;

  constructor(random: Random, moved: () => void) {
    this.random = random;
    this.moved = moved;
  }

  advance(now: number): void {
    this.timeline.run(now);
  }

  /** Shows the effects of `fault` from now on; undefined starts the way back up. */
  show(session: Session, fault: Fault | undefined, now: number): void {
    this.timeline.forget(session);
    session.shown = fault;
    if (fault) this.strike(session, fault, now);
    else this.bringUp(session, now);
  }

  /** Down and up again, with nothing that stands in between. */
  flap(session: Session, fault: Fault, now: number): void {
    this.timeline.forget(session);
    this.strike(session, fault, now);
    this.bringUp(session, now);
  }

  private strike(session: Session, fault: Fault, now: number): void {
    for (const end of session.ends) {
      end.held = undefined;
      for (const effect of effectsOf(fault, end, this.random)) {
        if (effect.afterMs === 0) this.apply(end, effect, now);
        else this.timeline.at(now + effect.afterMs, session, (at) => this.apply(end, effect, at));
      }
    }
  }

  private apply(end: End, effect: Omit<Effect, "afterMs">, at: number): void {
    if (isUp(end)) {
      end.changedAt = at;
      this.moved();
    }
    end.walk = effect.walk;
    end.walkFrom = at;
    end.held = effect.held;
    if (effect.message !== undefined) end.message = effect.message;
    if (effect.trouble) remember(end, effect.trouble, at);
  }

  /** Both ends meet again when a retry happens to be due: 0.6 to 5 s. */
  private bringUp(session: Session, now: number): void {
    const meetAt = now + this.random.between(600, 5_000);
    const both = (at: number, walk: readonly Step[]) =>
      this.timeline.at(at, session, () => {
        for (const end of session.ends) {
          if (!isUp(end)) Object.assign(end, { walk, walkFrom: at, held: undefined });
        }
      });

    // An end that has not noticed yet learns it now: its next packet meets a peer that knows no such connection.
    const unaware = session.ends.filter(isUp);
    if (unaware.length === 1) {
      this.timeline.at(now + 30, session, (at) => {
        for (const end of unaware) if (isUp(end)) this.apply(end, { walk: TRYING, trouble: { seen: "reset" } }, at);
      });
    }
    both(now + 50, TRYING);
    both(meetAt - 250, OPEN_SENT);
    both(meetAt - 60, OPEN_CONFIRM);
    this.timeline.at(meetAt, session, () => {
      for (const end of session.ends) {
        if (isUp(end)) continue;
        Object.assign(end, {
          walk: UP,
          walkFrom: meetAt,
          changedAt: meetAt,
          timesUp: end.timesUp + 1,
          trouble: undefined,
          message: undefined,
        });
      }
      this.moved();
    });
  }
}
