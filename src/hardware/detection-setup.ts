import type { Clock } from "../core/clock.ts";
import type { PortableAnswers } from "./portable.ts";
import type { HardwareSources } from "./sources.ts";

/** What detection depends on. */
export interface DetectionSetup {
  readonly clock: Clock;
  /** The folder whose file system is of interest. Absent: no disk is looked at. */
  readonly diskPath?: string;
  /** This appliance's processes, which are not foreign to a device. */
  readonly ownPids?: readonly number[];
  /** Absent: this machine. */
  readonly sources?: HardwareSources;
  /** Absent: systeminformation, asked on systems other than Linux. */
  readonly readPortable?: () => Promise<PortableAnswers>;
}
