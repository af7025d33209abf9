import { once } from "node:events";
import type { RunningBox } from "./run-box.ts";

/** What a box must be started with so that its garbage can be collected on demand: Node's inspector, on loopback. */
export const COLLECTABLE = { NODE_OPTIONS: "--inspect=127.0.0.1:0" };

const LISTENING = /Debugger listening on (ws:\/\/127\.0\.0\.1:\d+\/\S+)/;

/** Collects all garbage of the gateway's main thread, now, and resolves when that is done. */
export type CollectGarbage = () => Promise<void>;

/**
 * A way to collect the garbage of a box that was started with {@link COLLECTABLE}. Call `close` at the end.
 * @see https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#method-collectGarbage
 */
export async function garbageCollectorOf(
  box: RunningBox,
): Promise<{ readonly collect: CollectGarbage; readonly close: () => void }> {
  const address = LISTENING.exec(box.stderr())?.[1];
  if (address === undefined) throw new Error("The box has no inspector.");
  const socket = new WebSocket(address);
  await once(socket, "open");
  let id = 0;
  return {
    collect: async () => {
      const asked = ++id;
      socket.send(JSON.stringify({ id: asked, method: "HeapProfiler.collectGarbage" }));
      for (;;) {
        const [message] = (await once(socket, "message")) as [{ readonly data: string }];
        if ((JSON.parse(message.data) as { id?: number }).id === asked) return;
      }
    },
    close: () => socket.close(),
  };
}
