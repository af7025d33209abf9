import type { HostedModel } from "../supervisor/hosted-model.ts";
import type { PlacementEvent } from "./placement-events.ts";

/** What models' processes last said about their memory, by the models' keys. */
export function memoryOf(
  models: ReadonlyMap<string, HostedModel>,
): Pick<Extract<PlacementEvent, { kind: "memory-read" }>, "residentBytes" | "usedBytes" | "savedStateBytes"> {
  const seen = (name: "residentBytes" | "anonymousBytes" | "savedStateBytes"): Readonly<Record<string, number>> =>
    Object.fromEntries(
      [...models].flatMap(([key, model]) => {
        const bytes = model.live()[name];
        return bytes === undefined ? [] : [[key, bytes] as const];
      }),
    );
  return {
    residentBytes: seen("residentBytes"),
    usedBytes: seen("anonymousBytes"),
    savedStateBytes: seen("savedStateBytes"),
  };
}
