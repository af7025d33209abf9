import type { Clock } from "../../core/clock.ts";

/** How long the end of the body is waited for after the last event, so that the connection can be used again, in ms. */
const DRAIN_MS = 100;

/** All bytes of a body; the transport bounds them. One read is handed on without a copy. */
export async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const reads: Uint8Array[] = [];
  for await (const bytes of body) reads.push(bytes);
  const [only] = reads;
  return only !== undefined && reads.length === 1 ? only : Buffer.concat(reads);
}

/** At most the first `maxBytes` of a body, roughly; what comes after them is not read. */
export async function readStart(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const reads: Uint8Array[] = [];
  let byteCount = 0;
  for await (const bytes of body) {
    reads.push(bytes);
    byteCount += bytes.byteLength;
    if (byteCount >= maxBytes) break;
  }
  return Buffer.concat(reads).subarray(0, maxBytes);
}

/** Reads on to the end of a complete answer's body, which is at hand, but waits for it no longer than `DRAIN_MS`. */
export async function drain(reads: AsyncIterator<Uint8Array>, clock: Clock): Promise<void> {
  let isLate = false;
  const late = Promise.withResolvers<void>();
  const cancel = clock.after(DRAIN_MS, () => {
    isLate = true;
    late.resolve();
  });
  const readOn = async (): Promise<void> => {
    while (!isLate && (await reads.next()).done !== true);
  };
  try {
    await Promise.race([readOn(), late.promise]);
  } catch {
    // The answer is complete; how its connection ends no longer matters to it.
  } finally {
    cancel();
  }
}
