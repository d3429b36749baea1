import type { SpawnOptions } from "node:child_process";

export declare function runChild(file: string, args: readonly string[], options?: SpawnOptions): Promise<number>;
