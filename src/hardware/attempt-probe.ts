import type { Clock } from "../core/clock.ts";
import type { HardwareProblem } from "../core/hardware.ts";

/**
 * The longest that one probe may take. `nvidia-smi` without persistence mode wakes each device and needs seconds; a
 * wedged driver never answers.
 */
export const PROBE_TIMEOUT_MS = 10_000;

/**
 * Runs one probe. A probe that fails or takes too long yields undefined and a line in `problems`: no single fact is
 * worth failing the start for. The signal ends what the probe has started.
 */
export async function attemptProbe<T>(
  probe: string,
  clock: Clock,
  problems: HardwareProblem[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const controller = new AbortController();
  let cancelTimer = (): void => {};
  const tooLate = new Promise<never>((_, reject) => {
    cancelTimer = clock.after(PROBE_TIMEOUT_MS, () => {
      reject(new Error(`no answer within ${PROBE_TIMEOUT_MS / 1000} s`));
      controller.abort();
    });
  });
  try {
    return await Promise.race([work(controller.signal), tooLate]);
  } catch (error) {
    problems.push({ probe, message: error instanceof Error ? error.message : String(error) });
    return undefined;
  } finally {
    cancelTimer();
  }
}
