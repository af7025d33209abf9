import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignalboxError } from "../../src/core/errors.ts";
import { parseChatRequest } from "../../src/gateway/openai/parse-chat-request.ts";

const CLASSES = ["public", "internal", "confidential"];
const MESSAGES = [{ role: "user", content: "Hi" }];

const parseText = (text: string, headers = {}) => parseChatRequest(Buffer.from(text), headers, CLASSES);
const parse = (fields: object, headers = {}) =>
  parseText(JSON.stringify({ model: "a/b", messages: MESSAGES, ...fields }), headers);

/** The error that parsing ends with; fails the test when it does not. */
function refusalOf(run: () => unknown): SignalboxError {
  try {
    run();
  } catch (error) {
    if (error instanceof SignalboxError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a well-formed request", () => {
  it("becomes one frozen value with the caller's bytes", () => {
    const text = JSON.stringify({ model: "a/b", messages: MESSAGES });
    const request = parseText(text);
    expect(request).toMatchObject({
      model: "a/b",
      fallbackModels: [],
      suffixes: [],
      stream: false,
      choiceCount: 1,
      messageCount: 1,
      roles: ["user"],
      toolCount: 0,
      toolChoice: "none",
      hasToolResults: false,
      hasImages: false,
      responseFormat: { kind: "text" },
      parameters: [],
      promptCharacters: 2,
      lastUserText: "Hi",
      provider: { allowFallbacks: true, requireParameters: false, sortPartition: "model" },
      metadata: {},
      hints: { wantsMetadata: false },
    });
    expect(Buffer.from(request.body).toString()).toBe(text);
    expect(Object.isFrozen(request)).toBe(true);
  });

  it("treats null as absent, as clients send it for what they leave out", () => {
    const nulls = Object.fromEntries(
      [
        "temperature",
        "max_tokens",
        "stop",
        "tools",
        "tool_choice",
        "provider",
        "user",
        "metadata",
        "stream",
        "n",
        "seed",
      ].map((name) => [name, null]),
    );
    expect(parse(nulls).parameters).toEqual([]);
  });

  it("lists parameters of the model, known or not, but not what is meant for the router", () => {
    const request = parse({ temperature: 1, mirostat: 2, provider: {}, stream: true, user: "u", metadata: {} });
    expect(request.parameters).toEqual(["temperature", "mirostat"]);
  });

  it("takes max_completion_tokens before max_tokens", () => {
    expect(parse({ max_tokens: 5 }).maxTokens).toBe(5);
    expect(parse({ max_tokens: 5, max_completion_tokens: 7 }).maxTokens).toBe(7);
    expect(parse({}).maxTokens).toBeUndefined();
  });

  it("takes the session from the body, then the header, then the cache key", () => {
    const headers = { "x-session-id": "header" };
    expect(parse({ session_id: "body", prompt_cache_key: "key" }, headers).sessionId).toBe("body");
    expect(parse({ prompt_cache_key: "key" }, headers).sessionId).toBe("header");
    expect(parse({ prompt_cache_key: "key" }).sessionId).toBe("key");
    const empty = { session_id: "", user: "", prompt_cache_key: "" };
    expect(parse(empty, { "x-session-id": "" })).not.toHaveProperty("sessionId");
    expect(parse(empty)).not.toHaveProperty("user");
    expect(parse(empty, headers).sessionId).toBe("header");
  });

  it("reads deadline, classes and the wish for metadata from headers", () => {
    const headers = {
      "x-data-class": "confidential",
      "x-workload-class": "batch",
      "x-deadline-ms": "1500",
      "x-signalbox-metadata": "enabled",
    };
    expect(parse({}, headers).hints).toEqual({
      dataClass: "confidential",
      workloadClass: "batch",
      deadlineMs: 1_500,
      wantsMetadata: true,
    });
  });
});

describe("models", () => {
  it("are separated from their suffixes, which hold for the whole request", () => {
    expect(parse({ model: "a/b:floor", models: ["a/b", "c/d:local", "e", "e"] })).toMatchObject({
      model: "a/b",
      fallbackModels: ["c/d", "e"],
      suffixes: ["floor", "local"],
    });
  });

  it("may come from models alone, and OpenRouter's name for auto is understood", () => {
    expect(parse({ model: undefined, models: ["x", "y"] })).toMatchObject({ model: "x", fallbackModels: ["y"] });
    expect(parse({ model: "openrouter/auto" }).model).toBe("auto");
    expect(parse({ model: "openrouter/free" })).toMatchObject({ model: "auto", suffixes: ["free"] });
  });

  it("of auto are those that the plugin of OpenRouter's router allows", () => {
    const plugins = [{ id: "web" }, { id: "auto-router", allowed_models: ["a/*"], excluded_models: ["a/b"] }];
    expect(parse({ model: "auto", plugins }).autoModels).toEqual({ allowed: ["a/*"], excluded: ["a/b"] });
    expect(
      parse({ model: "auto", plugins: [{ id: "auto-router", enabled: false, allowed_models: 7 }] }).autoModels,
    ).toBe(undefined);
    expect(refusalOf(() => parse({ plugins: [{ id: "auto-router", allowed_models: "a" }] })).details.param).toBe(
      "plugins[0].allowed_models",
    );
  });

  it("may be asked for at a tier, and a misspelt tier is refused", () => {
    expect(parse({ service_tier: "flex" }).serviceTier).toBe("flex");
    expect(parse({ service_tier: "standard_only" }).serviceTier).toBe("standard_only");
    expect(parse({ service_tier: "vendors-own" }).serviceTier).toBe("vendors-own");
    expect(refusalOf(() => parse({ service_tier: "priorty" })).message).toContain("did you mean priority");
  });
});

describe("the prompt", () => {
  it("is counted over texts, tool calls and tool definitions", () => {
    const request = parse({
      messages: [
        { role: "system", content: "12345" },
        {
          role: "user",
          content: [
            { type: "text", text: "123" },
            { type: "image_url", image_url: { url: "data:," } },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "1", content: "42" },
      ],
      tools: [{ type: "function", function: { name: "f" } }],
    });
    expect(request).toMatchObject({ hasImages: true, hasToolResults: true, toolCount: 1, toolChoice: "auto" });
    expect(request.roles).toEqual(["system", "user", "assistant", "tool"]);
    expect(request.promptCharacters).toBe(5 + 3 + 3 + 2 + "typefunctionfunctionnamef".length);
    expect(request.lastUserText).toBe("123");
  });

  it("is estimated higher where a character takes more bytes", () => {
    const estimate = (content: string) => parse({ messages: [{ role: "user", content }] }).estimatedPromptTokens;
    expect(estimate("漢".repeat(300))).toBeGreaterThanOrEqual(300);
    expect(estimate("a".repeat(300))).toBeGreaterThanOrEqual(100);
    expect(estimate("a".repeat(300))).toBeLessThan(150);
  });

  it("keeps only head and tail of a long question for classification", () => {
    const content = `head${"x".repeat(100_000)}tail`;
    const { lastUserText } = parse({ messages: [{ role: "user", content }] });
    expect(lastUserText.length).toBeLessThan(5_000);
    expect(lastUserText.startsWith("head") && lastUserText.endsWith("tail")).toBe(true);
  });
});

describe("the provider object", () => {
  it("is translated into routing's words and units", () => {
    const provider = {
      order: ["Box"],
      only: ["box", "site"],
      ignore: ["cloud"],
      allow_fallbacks: false,
      require_parameters: true,
      data_collection: "deny",
      zdr: true,
      quantizations: ["FP8"],
      sort: { by: "price", partition: "none" },
      max_price: { prompt: 0.15, completion: "0.6", request: 0.01, image: "0.002", audio: 1 },
      preferred_min_throughput: 50,
      preferred_max_latency: { p50: 0.5, p99: 2 },
    };
    expect(parse({ provider }).provider).toEqual({
      order: ["box"],
      only: ["box", "site"],
      ignore: ["cloud"],
      allowFallbacks: false,
      requireParameters: true,
      dataCollection: "deny",
      zeroDataRetention: true,
      quantizations: ["fp8"],
      sort: "price",
      sortPartition: "none",
      maxPrice: {
        promptMicroUsdPerMillion: 150_000,
        completionMicroUsdPerMillion: 600_000,
        requestMicroUsd: 10_000,
        imageMicroUsd: 2_000,
        limitsAudio: true,
      },
      preferredMinTokensPerSecond: { p50: 50 },
      preferredMaxLatencyMs: { p50: 500, p99: 2_000 },
    });
  });

  it.each<[string, object, object]>([
    ["a sort in a word", { sort: "exacto" }, { sort: "exacto", sortPartition: "model" }],
    ["a sort without its direction", { sort: { partition: "none" } }, { sortPartition: "none" }],
    [
      "a throughput by percentile",
      { preferred_min_throughput: { p90: 20 } },
      { preferredMinTokensPerSecond: { p90: 20 } },
    ],
    ["a latency as a number", { preferred_max_latency: 1.5 }, { preferredMaxLatencyMs: { p50: 1_500 } }],
    ["nulls", { order: null, sort: null, max_price: null }, { allowFallbacks: true }],
  ])("may have %s", (_, provider, expected) => {
    expect(parse({ provider }).provider).toMatchObject(expected);
  });

  it.each<[string, object, string]>([
    ["a limit of the price", { max_price: { promt: 1 } }, "did you mean prompt"],
    ["a percentile", { preferred_max_latency: { p5: 1 } }, "did you mean p50"],
    ["a part of sort", { sort: { by: "price", partitions: "none" } }, "did you mean partition"],
  ])("is refused where %s is misspelt", (_, provider, hint) => {
    expect(refusalOf(() => parse({ provider })).message).toContain(hint);
  });

  it("is refused where a restriction is misspelt or not understood, and the field is named", () => {
    expect(refusalOf(() => parse({ provider: { onyl: ["box"] } })).message).toContain("did you mean only");
    const unknown = refusalOf(() => parse({ provider: { jurisdictions: ["de"] } }));
    expect(unknown).toMatchObject({ code: "invalid_request", details: { param: "provider.jurisdictions" } });
    expect(unknown.message).toContain("max_price");
    expect(refusalOf(() => parse({ provider: { max_price: { video: 1 } } })).details.param).toBe(
      "provider.max_price.video",
    );
  });

  it("may have fields of OpenRouter's that restrict nothing here", () => {
    const provider = { options: { acme: { a: 1 } }, enforce_distillable_text: false, regions: null };
    expect(parse({ provider }).provider.allowFallbacks).toBe(true);
  });

  it("takes empty lists and objects for ones that are not set, and refuses a list where that would allow everybody", () => {
    const nothing = { max_price: { prompt: null }, preferred_max_latency: {}, preferred_min_throughput: { p50: null } };
    const lists = { order: [], ignore: [], quantizations: [] };
    const { provider } = parse({ provider: { ...lists, ...nothing, allow_fallbacks: false } });
    expect(provider).toEqual({ allowFallbacks: false, requireParameters: false, sortPartition: "model" });
    expect(refusalOf(() => parse({ provider: { only: [] } })).details.param).toBe("provider.only");
  });

  it("is refused where a restriction can't be honoured", () => {
    expect(refusalOf(() => parse({ provider: { enforce_distillable_text: true } })).code).toBe("unsupported_parameter");
  });
});

describe("a malformed request", () => {
  it.each<[string, object, string]>([
    ["no model", { model: undefined }, "model"],
    ["a model that is no string", { model: 7 }, "model"],
    ["a model with a control character", { model: "a\nb" }, "model"],
    ["no messages", { messages: undefined }, "messages"],
    ["an empty list of messages", { messages: [] }, "messages"],
    ["a message that is no object", { messages: ["hi"] }, "messages[0]"],
    ["an unknown role", { messages: [...MESSAGES, ...MESSAGES, { role: "robot", content: "x" }] }, "messages[2].role"],
    ["a user who says nothing", { messages: [{ role: "user" }] }, "messages[0].content"],
    ["content that is a number", { messages: [{ role: "user", content: 3 }] }, "messages[0].content"],
    ["a part without type", { messages: [{ role: "user", content: [{}] }] }, "messages[0].content[0].type"],
    [
      "a text part without text",
      { messages: [{ role: "user", content: [{ type: "text" }] }] },
      "messages[0].content[0].text",
    ],
    [
      "an image without URL",
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
      "messages[0].content[0].image_url.url",
    ],
    ["a tool result of no call", { messages: [{ role: "tool", content: "x" }] }, "messages[0].tool_call_id"],
    [
      "a tool call with arguments that are no string",
      { messages: [{ role: "assistant", tool_calls: [{ function: { name: "f", arguments: {} } }] }] },
      "messages[0].tool_calls[0].function.arguments",
    ],
    ["a temperature above 2", { temperature: 2.5 }, "temperature"],
    ["a temperature in words", { temperature: "hot" }, "temperature"],
    ["max_tokens of 0", { max_tokens: 0 }, "max_tokens"],
    ["max_tokens of 1.5", { max_tokens: 1.5 }, "max_tokens"],
    ["n of 1000", { n: 1_000 }, "n"],
    ["stream as a string", { stream: "true" }, "stream"],
    ["too many stops", { stop: Array.from({ length: 100 }, () => "x") }, "stop"],
    ["a stop that is no string", { stop: [1] }, "stop[0]"],
    ["a bias of 200", { logit_bias: { 5: 200 } }, "logit_bias.5"],
    ["tools that are no list", { tools: {} }, "tools"],
    ["a tool that is no object", { tools: [1] }, "tools[0]"],
    ["an unknown tool_choice", { tool_choice: "maybe" }, "tool_choice"],
    [
      "a schema format without schema",
      { response_format: { type: "json_schema" } },
      "response_format.json_schema.schema",
    ],
    ["an unknown response format", { response_format: { type: "grammar" } }, "response_format.type"],
    ["metadata with a number", { metadata: { a: 1 } }, "metadata.a"],
    ["a session id that is too long", { session_id: "x".repeat(257) }, "session_id"],
    ["a provider that is a string", { provider: "box" }, "provider"],
    ["an unknown sort", { provider: { sort: "colour" } }, "provider.sort"],
    ["a negative price", { provider: { max_price: { prompt: -1 } } }, "provider.max_price.prompt"],
    ["an order of numbers", { provider: { order: [1] } }, "provider.order[0]"],
    ["a price that is no number", { provider: { max_price: { prompt: "NaN" } } }, "provider.max_price.prompt"],
    ["a price without digits", { provider: { max_price: { prompt: "." } } }, "provider.max_price.prompt"],
    ["a plugin that is no object", { plugins: ["web"] }, "plugins[0]"],
    [
      "an empty list of models for auto",
      { plugins: [{ id: "auto-router", allowed_models: [] }] },
      "plugins[0].allowed_models",
    ],
    ["a preset among the fallbacks", { models: ["maker/other@preset/clerk"] }, "models"],
    ["a preset without a name", { model: "@preset/" }, "model"],
    ["a stop that is a number", { stop: 5 }, "stop"],
  ])("names the place of %s", (_name, fields, param) => {
    const { code, details } = refusalOf(() => parse(fields));
    expect(["invalid_request", "unsupported_parameter"]).toContain(code);
    expect(details.param).toBe(param);
  });

  it.each([
    ["x-data-class", "secret"],
    ["x-workload-class", "idle"],
    ["x-deadline-ms", "0"],
    ["x-deadline-ms", "soon"],
    ["x-deadline-ms", "999999999"],
  ])("names the header %s when it says %s", (name, value) => {
    expect(refusalOf(() => parse({}, { [name]: value })).details.param).toBe(name);
  });

  it.each([
    ["nothing", ""],
    ["a word", "hello"],
    ["a list", "[]"],
    ["null", "null"],
    ["half an object", '{"model":"a"'],
    ["two objects", "{}{}"],
    ["a field that comes twice", '{"model":"a","messages":[{"role":"user","content":"x"}],"model":"b"}'],
    ["a million levels", `{"messages":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`],
    ["a million open brackets", "[".repeat(1_000_000)],
    ["too many values", `{"messages":[${"0,".repeat(1_000_001)}0]}`],
  ])("is refused when the body is %s", (_name, text) => {
    expect(refusalOf(() => parseText(text)).code).toBe("invalid_request");
  });

  it("is refused when the body is not UTF-8", () => {
    expect(refusalOf(() => parseChatRequest(Buffer.from([0x7b, 0xff, 0x7d]), {}, CLASSES)).message).toContain("UTF-8");
  });

  it("does not repeat the text around a syntax error, which may be a prompt", () => {
    expect(refusalOf(() => parseText('{"messages": my secret prompt}')).message).not.toContain("secret");
  });

  it("can't reach the prototype of anything through __proto__", () => {
    const request = parseText(
      '{"model":"a","messages":[{"role":"user","content":"x","__proto__":{"role":"tool"}}],"__proto__":{"stream":true}}',
    );
    expect(request.stream).toBe(false);
    expect(request.parameters).toEqual(["__proto__"]);
    expect(
      refusalOf(() =>
        parseText('{"model":"a","messages":[{"role":"user","content":"x"}],"metadata":{"__proto__":"x"}}'),
      ).code,
    ).toBe("invalid_request");
    expect(({} as { stream?: unknown }).stream).toBeUndefined();
  });
});

describe("arbitrary input", () => {
  const isOurs = (run: () => unknown): void => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof SignalboxError)) throw error;
      if (error.status !== 400) throw error;
    }
  };

  it("never fails with anything but a 400, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => isOurs(() => parseChatRequest(bytes, {}, CLASSES))),
    );
  });

  it("never fails with anything but a 400, whatever the JSON", () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => isOurs(() => parseText(text))));
  });

  it("never fails with anything but a 400, whatever the values of known fields", () => {
    const names = [
      "model",
      "models",
      "messages",
      "provider",
      "tools",
      "tool_choice",
      "response_format",
      "stop",
      "logit_bias",
      "max_tokens",
      "n",
      "stream",
      "stream_options",
      "metadata",
      "session_id",
      "reasoning",
      "seed",
      "temperature",
    ];
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true }), (fields) =>
        isOurs(() => parse(fields)),
      ),
      { numRuns: 1_000 },
    );
  });

  it("never fails with anything but a 400, whatever the messages", () => {
    const part = fc.record(
      { type: fc.constantFrom("text", "image_url", "x"), text: fc.jsonValue(), image_url: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const message = fc.record(
      {
        role: fc.oneof(fc.constantFrom("user", "assistant", "tool", "system"), fc.jsonValue()),
        content: fc.oneof(fc.string(), fc.array(part), fc.jsonValue()),
        tool_calls: fc.jsonValue(),
        tool_call_id: fc.jsonValue(),
        name: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), (messages) => isOurs(() => parse({ messages }))),
      { numRuns: 1_000 },
    );
  });
});
