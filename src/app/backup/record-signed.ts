import type { Clock } from "../../core/clock.ts";
import type { LeafDraft } from "../../audit/leaf.ts";
import { openRecords } from "../open-records.ts";

/** Adds a leaf to the log of `dataDir`, beside a server or without one, and signs a head that covers it. */
export async function recordSigned(dataDir: string, clock: Clock, leaf: LeafDraft): Promise<void> {
  const records = await openRecords({ dataDir, clock });
  try {
    await records.log.append(leaf);
    await records.log.checkpoint();
  } finally {
    await records.close();
  }
}
