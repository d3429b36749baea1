import type { Fault, FaultKind } from "./fault.ts";
import type { Random } from "./random.ts";
import { type Act, aim, STORY_SEC, story } from "./story.ts";
import type { World } from "./world.ts";

/** After the story: how often each kind comes, relative to the others. */
const CHANCES: readonly (readonly [FaultKind, number])[] = [
  ["flap", 5],
  ["link-down", 4],
  ["admin-down", 3],
  ["kill", 3],
  ["disable", 2],
  ["wrong-md5", 2],
  ["max-prefix", 2],
  ["near-limit", 2],
  ["blackhole", 2],
  ["wrong-as", 1],
  ["port-shut", 1],
  ["slow", 1],
  ["dead", 1],
];
const MEAN_GAP_SEC = 55;

/**
 * What befalls the fabric: first the story, then chance, both decided by the seed. Weather has its own clock, which
 * stands while paused and runs `speed` times as fast as ours; the sessions themselves keep real time.
 */
export class Weather {
  paused: boolean;
  private readonly world: World;
  private readonly random: Random;
  private readonly speed: number;
  private readonly coming: Act[];
  private readonly healing: { atSec: number; fault: Fault }[] = [];
  private elapsedSec = 0;
  private lastLookAt: number;
  private nextChanceSec = STORY_SEC;

  constructor(world: World, random: Random, { speed = 1, paused = false }: { speed?: number; paused?: boolean } = {}) {
    this.world = world;
    this.random = random;
    this.speed = speed;
    this.paused = paused;
    this.lastLookAt = world.advance();
    this.coming = story(world, random);
  }

  pause(): void {
    this.look();
    this.paused = true;
  }

  resume(): void {
    this.look();
    this.paused = false;
  }

  /** Lets the weather catch up with the clock; says whether anything changed. */
  look(): boolean {
    const now = this.world.advance();
    if (!this.paused) this.elapsedSec += ((now - this.lastLookAt) / 1000) * this.speed;
    this.lastLookAt = now;
    let changed = false;

    for (const over of take(this.healing, ({ atSec }) => atSec <= this.elapsedSec)) {
      // What was healed by hand in the meantime is not ours to heal: `undo` knows the very fault.
      changed = this.world.undo(over.fault) || changed;
    }
    for (const act of take(this.coming, ({ atSec }) => atSec <= this.elapsedSec)) changed = this.play(act) || changed;
    while (this.nextChanceSec <= this.elapsedSec) {
      changed = this.play(this.chance()) || changed;
      this.nextChanceSec += this.random.between(0.4, 1.6) * MEAN_GAP_SEC;
    }
    return changed;
  }

  private play(act: Act | undefined): boolean {
    if (!act || this.world.inject(act.fault)) return false;
    if (act.lastsSec !== undefined) this.healing.push({ atSec: this.elapsedSec + act.lastsSec, fault: act.fault });
    return true;
  }

  /** Calm on purpose: about three faults stand at once in a small fabric, some ten in the biggest. */
  private chance(): Act | undefined {
    const standing = this.world.standing();
    if (standing.length >= 3 + Math.floor(Math.sqrt(this.world.devices.size) / 10)) return undefined;
    const kind = this.weighted();
    const hit = new Set(standing.flatMap((fault) => [fault.at, fault.towards ?? fault.at]));
    const fault = aim(this.world, this.random, kind, hit);
    if (!fault) return undefined;
    return { atSec: this.elapsedSec, ...(kind !== "flap" && { lastsSec: this.random.between(80, 260) }), fault };
  }

  private weighted(): FaultKind {
    let left = this.random.next() * CHANCES.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [kind, weight] of CHANCES) {
      left -= weight;
      if (left < 0) return kind;
    }
    return "flap";
  }
}

function take<T>(from: T[], due: (entry: T) => boolean): T[] {
  const taken = from.filter(due);
  if (taken.length > 0) from.splice(0, from.length, ...from.filter((entry) => !due(entry)));
  return taken;
}
