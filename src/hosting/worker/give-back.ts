import { SignalboxError } from "../../core/errors.ts";
import type { Engine, EngineSlot } from "./load-engine.ts";
import type { SlotPool } from "./slot-pool.ts";
import type { Giveable } from "../worker-protocol.ts";

/** What the process exits with when its context can't be made anew; its supervisor starts another one. */
const EXIT_NO_CONTEXT = 4;

/** Gives memory back that a model of text can do without; says whether it did. */
export async function giveBack(what: Giveable, engine: Engine, pool: SlotPool<EngineSlot>): Promise<boolean> {
  if (what === "states") {
    await engine.stateCache?.clear();
    return true;
  }
  const borrowed = pool.borrowAll();
  if (borrowed === undefined) return false;
  await engine.context.giveBack();
  for (const slot of borrowed.slots) slot.scope = "";
  engine.garbage.collectAll();
  // A request that comes waits for this, at once if it has come already.
  const restore = (): void => {
    // A worker that ends needs no context any more.
    if (borrowed.signal.reason instanceof SignalboxError) return;
    void restoreContext(engine).then(() => borrowed.giveBack());
  };
  if (borrowed.signal.aborted) restore();
  else borrowed.signal.addEventListener("abort", restore, { once: true });
  return true;
}

async function restoreContext({ context }: Engine): Promise<void> {
  try {
    await context.restore();
  } catch (error) {
    process.stderr.write(`The context could not be made again: ${String(error)}\n`);
    process.exit(EXIT_NO_CONTEXT);
  }
}
