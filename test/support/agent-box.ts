import { resolve } from "node:path";
import { buildTestModel } from "./build-test-model.ts";
import { runBox, type RunningBox } from "./run-box.ts";

/** A model that says {@link PLAIN}, calls `get_weather` for Bern where it is offered, and then says {@link REPORT}. */
export const AGENT = "test/agent";
/** The model that ships. */
export const NANO = "signalbox/nano";
export const PLAIN = "I can look up the weather.";
export const REPORT = "It is 4 degrees in Bern.";

/** Starts a box with both models, for the clients that people use. The caller stops it. */
export async function runAgentBox(): Promise<RunningBox> {
  const agent = await buildTestModel("scripted-tools", {
    script: PLAIN,
    toolName: "get_weather",
    toolArguments: '{"city": "Bern"}',
    resultScript: REPORT,
  });
  return runBox({
    config: {
      models: [
        { id: AGENT, file: agent, slots: 2, device: "cpu" },
        { id: NANO, file: resolve(import.meta.dirname, "../../models/nano.gguf"), slots: 1, device: "cpu" },
      ],
    },
  });
}
