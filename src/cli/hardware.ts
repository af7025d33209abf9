import type { Command } from "commander";
import { readInstallation } from "./installation.ts";
import type { Output } from "./print.ts";

/** `signalbox hardware`: what this machine is, as far as it can be found out. */
export function addHardwareCommand(program: Command, output: Output): void {
  program
    .command("hardware")
    .description("what is detected: cores, memory, GPUs, disk, and what limits them")
    .option("--no-bandwidth", "leave out the measurement of the memory's bandwidth (about half a second)")
    .option("--json", "print JSON")
    .action(async (options: { bandwidth: boolean; json?: boolean }) => {
      const { dataDir } = readInstallation();
      const { detectHardware } = await import("../hardware/detect-hardware.ts");
      const { measureMemoryBandwidth, planBandwidthMeasurement } = await import("../hardware/memory-bandwidth.ts");
      const { describeHardware } = await import("../hardware/describe-hardware.ts");
      const { systemClock } = await import("../app/system-clock.ts");
      const detected = await detectHardware({ clock: systemClock, diskPath: dataDir });
      const plan = options.bandwidth ? planBandwidthMeasurement(detected) : undefined;
      const bandwidthBytesPerSecond = plan === undefined ? undefined : await measureMemoryBandwidth(plan, systemClock);
      const snapshot =
        bandwidthBytesPerSecond === undefined
          ? detected
          : { ...detected, memory: { ...detected.memory, bandwidthBytesPerSecond } };
      if (options.json === true) return output.json(snapshot);
      const { title, rows } = describeHardware(snapshot);
      output.line(title);
      output.table([], rows);
      for (const { probe, message } of snapshot.problems ?? []) output.line(`${probe}: ${message}`);
    });
}
