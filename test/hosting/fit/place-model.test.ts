import { describe, expect, it } from "vitest";
import { inOneText } from "../../../src/app/choose-device.ts";
import { ModelPlacer } from "../../../src/app/place-model.ts";
import { systemClock } from "../../../src/app/system-clock.ts";
import { detectHardware } from "../../../src/hardware/detect-hardware.ts";
import { askEngine } from "../../../src/hosting/fit/engine-estimate.ts";
import { budgetOf } from "../../../src/hosting/fit/memory-budget.ts";
import { buildTestModel } from "../../support/build-test-model.ts";

const MIB = 1024 ** 2;

async function placerWith(freeBytes: number): Promise<ModelPlacer> {
  const hardware = await detectHardware({ clock: systemClock, diskPath: "/" });
  const limited = { ...hardware, memory: { totalBytes: 2 ** 36, limitBytes: 2 ** 30, availableBytes: freeBytes } };
  return new ModelPlacer({ hardware: limited, gpuEngines: [], measurements: [], budget: budgetOf(limited) });
}

describe("placing models", () => {
  it("refuses the second of two that only fit alone, and says what limits and what would help", async () => {
    const wish = {
      file: await buildTestModel("noise"),
      device: "auto",
      contextTokens: 8192,
      slots: 8,
    };
    const placer = await placerWith(490 * MIB);
    const first = await placer.place(wish);
    const second = await placer.place(wish);
    expect(first.chosen).toEqual({ ok: true, device: { kind: "cpu" } });
    expect(second.chosen.ok ? "" : inOneText(second.chosen)).toMatch(
      /does not fit.*missing for 8 slots.*cgroup.*slots: \d or contextTokens: \d+ would fit/,
    );
  });

  it("has the engine's own estimate beside ours, and a reason where the engine has none", async () => {
    const loads = [{ contextTokens: 2048, sequences: 1, batchTokens: 129, scoredTokens: 33 }];
    const [answer] = await askEngine({ file: await buildTestModel("noise"), device: "cpu", loads }, systemClock);
    expect(answer?.kind).toBe("estimate");
    const [none] = await askEngine({ file: "/nowhere.gguf", device: "cpu", loads }, systemClock);
    expect(none?.kind).toBe("none");
  }, 60_000);
});
