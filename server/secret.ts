import { inspect } from "node:util";

const values = new WeakMap<Secret, string>();

/** A value that cannot print itself: not by template, JSON, `console.log` or a debugger's inspection. Only `reveal` tells it. */
export class Secret {
  constructor(value: string) {
    values.set(this, value);
  }

  /** For the one place that must put it on the wire. */
  reveal(): string {
    return values.get(this) ?? "";
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}
