interface Due {
  readonly at: number;
  readonly owner: object;
  readonly happen: (at: number) => void;
}

/** What is yet to happen, in order. Nothing happens until `run` is called. */
export class Timeline {
  private due: Due[] = [];

  at(at: number, owner: object, happen: (at: number) => void): void {
    let place = this.due.length;
    while (place > 0 && (this.due[place - 1]?.at ?? 0) > at) place--;
    this.due.splice(place, 0, { at, owner, happen });
  }

  /** Takes back all that was planned for `owner`. */
  forget(owner: object): void {
    if (this.due.some((entry) => entry.owner === owner)) this.due = this.due.filter((entry) => entry.owner !== owner);
  }

  run(now: number): void {
    while (this.due.length > 0 && (this.due[0]?.at ?? 0) <= now) {
      const entry = this.due.shift();
      entry?.happen(entry.at);
    }
  }
}
