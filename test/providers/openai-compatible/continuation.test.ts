import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EndpointFacts } from "../../../src/core/endpoint.ts";
import type { InferenceRequest } from "../../../src/core/inference-request.ts";
import { createUnixTransport } from "../../../src/egress/unix-transport.ts";
import { RepeatedStart } from "../../../src/providers/openai-compatible/continuation/skip-repeated.ts";
import { createOpenAiCompatibleEndpoint } from "../../../src/providers/openai-compatible/openai-compatible-endpoint.ts";
import { ManualClock } from "../../support/manual-clock.ts";

import { chat, event, rawStream } from "../../support/upstream-behaviours.ts";
import { chatCallOf, collect, textOf, upstreamFactsOf } from "../../support/upstream-call.ts";
import { startUpstreamServer, type UpstreamServer } from "../../support/upstream-server.ts";

describe("an unfinished answer, over a real connection", () => {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-test-"));
  const socketPath = join(folder, "upstream.sock");
  const clock = new ManualClock();
  const transport = createUnixTransport({ socketPath, clock, maxConnections: 8 });
  let server: UpstreamServer;

  beforeAll(async () => {
    server = await startUpstreamServer({ behave: chat(), socketPath });
  });
  afterAll(async () => {
    await transport.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks for the rest of `text`; says what the server received and what there was to read. */
  async function goOn(
    text: string,
    facts: Partial<EndpointFacts>,
    body: Readonly<Record<string, unknown>> = {},
    changes: Partial<InferenceRequest> = {},
  ) {
    const endpoint = createOpenAiCompatibleEndpoint({ facts: upstreamFactsOf(facts), transport, clock });
    const call = chatCallOf({ stream: true, ...body });
    const continues = { text, completionTokens: 3, modelId: "acme/large", endpointId: "acme/acme/large" };
    const events = await collect(endpoint.infer({ ...call, request: { ...call.request, continues, ...changes } }));
    return { received: server.requests.at(-1)?.json() ?? {}, text: textOf(events.slice(0, -1)), events };
  }

  const asked = { role: "user", content: "Hello" };

  it.each([
    ["last-message", { role: "assistant", content: "Once upon" }, {}],
    [
      "continue-final-message",
      { role: "assistant", content: "Once upon" },
      { continue_final_message: true, add_generation_prompt: false },
    ],
    ["prefix", { role: "assistant", content: "Once upon", prefix: true }, {}],
  ] as const)("is handed over as %s asks for it", async (continuation, message, members) => {
    server.behave(chat({ pieces: [" a", " time."] }));
    const { received, text } = await goOn("Once upon", { continuation });
    expect(received).toEqual({
      model: "large-v2",
      stream: true,
      stream_options: { include_usage: true },
      messages: [asked, message],
      ...members,
    });
    expect(text).toBe(" a time.");
  });

  it("is left out where the server repeats it, wherever its pieces are cut", async () => {
    server.behave(chat({ pieces: ["On", "ce", " upon a", " time."] }));
    const { text, events } = await goOn("Once upon", { continuation: "echoed-prefix" });
    expect(text).toBe(" a time.");
    expect(events.map((one) => one.kind === "chunk" && one.hasContent)).toEqual([false, true, true, false, false]);
  });

  it("is refused from a server that was to repeat it and begins another text", async () => {
    server.behave(chat({ pieces: ["On", "ly this."] }));
    await expect(goOn("Once upon", { continuation: "echoed-prefix" })).rejects.toMatchObject({
      code: "upstream_invalid_response",
    });
  });

  it("keeps its white space back from servers elsewhere, and has what comes of it again once", async () => {
    server.behave(chat({ pieces: ["\n", "\nThen ", "more."] }));
    const { received, text } = await goOn("First.\n\n", { continuation: "last-message" });
    expect(received["messages"]).toEqual([asked, { role: "assistant", content: "First." }]);
    expect(text).toBe("Then more.");
    const ofBox = await goOn("First.\n\n", { continuation: "continue-final-message", location: "box" });
    expect(ofBox.received["messages"]).toEqual([asked, { role: "assistant", content: "First.\n\n" }]);
    expect(ofBox.text).toBe("\n\nThen more.");
  });

  it("is no message where it is white space alone", async () => {
    const { received } = await goOn("\n", { continuation: "prefix" });
    expect(received["messages"]).toEqual([asked]);
  });

  it("has what is left of the caller's limit, under the names that the caller used", async () => {
    const body = { max_tokens: 20, max_completion_tokens: 20 };
    const parameters = ["max_tokens", "max_completion_tokens"];
    const both = await goOn("Once", { continuation: "last-message" }, body, { parameters, maxTokens: 17 });
    expect(both.received).toMatchObject({ max_tokens: 17, max_completion_tokens: 17 });
    const none = await goOn("Once", { continuation: "last-message" });
    expect(Object.keys(none.received)).not.toContain("max_tokens");
  });

  it("of a text is its prompt's end", async () => {
    const piece = {
      id: "c",
      object: "text_completion",
      choices: [{ index: 0, text: " time.", finish_reason: "stop" }],
    };
    server.behave(rawStream(event(piece), event("[DONE]")));
    for (const prompt of ["Once", ["Once"]]) {
      const { received } = await goOn(" upon a ", {}, { prompt, max_tokens: 9 }, { kind: "completion" });
      expect(received["prompt"]).toBe("Once upon a ");
    }
    await expect(goOn(" upon", {}, { prompt: [1, 2], max_tokens: 9 }, { kind: "completion" })).rejects.toMatchObject({
      code: "unsupported_parameter",
    });
  });
});

describe("what is repeated at the beginning", () => {
  it("is left out of a text in any pieces, and nothing else is", () => {
    const space = fc.string({ unit: fc.constantFrom(" ", "\n"), maxLength: 4 });
    const word = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n"), maxLength: 12 });
    fc.assert(
      fc.property(word, space, word, fc.array(fc.nat(4)), (echoed, keptBack, rest, cuts) => {
        const start = new RepeatedStart({ echoed, keptBack });
        const whole = echoed + keptBack + rest;
        let [at, read] = [0, ""];
        for (const length of [...cuts, whole.length]) {
          read += start.push(whole.slice(at, at + length)) ?? "a difference";
          at += length;
        }
        expect(read).toBe(rest);
      }),
    );
  });
});
