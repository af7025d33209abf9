import type { GpuFacts } from "../core/hardware.ts";
import type { GpuFindings } from "./nvidia.ts";
import type { HardwareSources } from "./sources.ts";

/** The graphics units of a Mac, by `system_profiler`. */
export async function readAppleGpus(sources: HardwareSources, signal: AbortSignal): Promise<GpuFindings> {
  const outcome = await sources.run("system_profiler", ["SPDisplaysDataType", "-json"], signal);
  const gpus = outcome.kind === "exited" ? parseDisplays(outcome.stdout) : undefined;
  if (gpus !== undefined) return { gpus, problems: [] };
  return { gpus: [], problems: [{ probe: "apple", message: "system_profiler did not describe the graphics unit." }] };
}

/**
 * Reads `system_profiler SPDisplaysDataType -json`. Apple's own chips share the machine's memory; an Intel Mac's card
 * is described without its memory. Undefined when the text is not what the tool prints.
 */
export function parseDisplays(text: string): readonly GpuFacts[] | undefined {
  const displays = parseJson(text)?.["SPDisplaysDataType"];
  if (!Array.isArray(displays)) return undefined;
  return displays.filter(isRecord).map((display): GpuFacts => {
    const stated = display["spdisplays_vendor"];
    const vendor = typeof stated === "string" ? stated.toLowerCase() : "";
    const model = display["sppci_model"] ?? display["_name"];
    const isApple = vendor.includes("apple");
    return {
      vendor: isApple ? "apple" : vendor.includes("amd") ? "amd" : vendor.includes("intel") ? "intel" : "other",
      ...(typeof model === "string" ? { name: model } : {}),
      unifiedMemory: isApple || vendor.includes("intel"),
      migInstances: [],
    };
  });
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    // Not JSON: the caller reports that the tool did not answer.
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
