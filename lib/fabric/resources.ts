/** What a box has left. A field is absent when no source told it. */
export interface Resources {
  /** Busy share of all cores together, 0 to 100. */
  readonly cpuPercent?: number;
  /** The window that `cpuPercent` is an average over, when told. */
  readonly cpuWindowSec?: number;
  readonly cores?: number;
  readonly load1?: number;
  readonly memoryTotalBytes?: number;
  /** What cannot be given to others: without buffers and cache where the device tells them apart. */
  readonly memoryUsedBytes?: number;
  /** Of the BGP daemon alone. */
  readonly bgpMemoryBytes?: number;
}

/** One hardware or software table with a limit: forwarding entries, LPM, TCAM, adjacencies. */
export interface TableUse {
  /** The device's own name for it. */
  readonly table: string;
  readonly feature?: string;
  readonly chip?: string;
  readonly used: number;
  readonly max?: number;
  /** As the device says, which is not always used / max: it counts shares that are spoken for. */
  readonly usedPercent?: number;
  readonly highWatermark?: number;
}
