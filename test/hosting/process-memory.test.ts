import { describe, expect, it } from "vitest";
import { parseProcessStatus, readProcessMemory } from "../../src/hosting/process-memory.ts";

const STATUS = `Name:\tnode
VmHWM:\t  200 kB
VmRSS:\t  190 kB
RssAnon:\t  100 kB
RssFile:\t   80 kB
RssShmem:\t   10 kB
`;

describe("the memory of a process", () => {
  it("is what the kernel says, in bytes, by its kinds", () => {
    expect(parseProcessStatus(STATUS)).toEqual({
      residentBytes: 190 * 1024,
      anonymousBytes: 100 * 1024,
      fileBytes: 80 * 1024,
      sharedBytes: 10 * 1024,
      peakBytes: 200 * 1024,
    });
  });

  it("is unknown where a kind is missing, and for a process that is not there", () => {
    expect(parseProcessStatus(STATUS.replace("RssAnon", "Other"))).toBeUndefined();
    expect(readProcessMemory(-1)).toBeUndefined();
  });

  it.skipIf(process.platform !== "linux")("sums up to what is resident", () => {
    const memory = readProcessMemory("self");
    expect(memory?.residentBytes).toBe(
      (memory?.anonymousBytes ?? 0) + (memory?.fileBytes ?? 0) + (memory?.sharedBytes ?? 0),
    );
  });
});
