/** Of each worker, for states of conversations that no slot holds any more. */
export const STATE_CACHE_BYTES = 256 * 1024 * 1024;

/** Of what pinned models leave, the share that all workers' states may take together: they can't be given back by the kernel. */
const SHARE_OF_LEFT = 0.5;

/** With less than this hardly one conversation could be put aside. */
const MIN_CACHE_BYTES = 16 * 1024 * 1024;

/**
 * What each of `workers` may put aside. States lie in the machine's memory beside the processes and in no model's claim, so
 * they are bounded by what the claims of pinned models leave of it; models that take turns have them freed before they are
 * loaded. `leftBytes` is undefined where nobody knows what is free.
 */
export function stateCacheShare(leftBytes: number | undefined, workers: number): number {
  if (leftBytes === undefined) return STATE_CACHE_BYTES;
  const share = Math.floor((leftBytes * SHARE_OF_LEFT) / Math.max(1, workers));
  return share < MIN_CACHE_BYTES ? 0 : Math.min(STATE_CACHE_BYTES, share);
}
