import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createForwardBody } from "../../../src/providers/openai-compatible/forwarded-body.ts";
import { spliceMembers, type MemberEdit } from "../../../src/providers/openai-compatible/splice-body.ts";

const set = (json: string): MemberEdit => ({ kind: "set", value: () => Buffer.from(json) });
const drop: MemberEdit = { kind: "drop" };
const splice = (json: string, edits: Record<string, MemberEdit>): string =>
  Buffer.from(spliceMembers(Buffer.from(json), new Map(Object.entries(edits)))).toString("utf8");

describe("splicing an object's members", () => {
  it("leaves every other byte as it was", () => {
    const json =
      '{ "b" : 1.0e400,\n\t"model":"x" , "a":[ {"model": "y"} ],"Ω":"\\ud83d\\ude00", "n": 12345678901234567890 }';
    expect(splice(json, { model: set('"z"') })).toBe(json.replace('"model":"x"', '"model":"z"'));
  });

  it("lets no second spelling of a name through", () => {
    expect(splice('{"model":"a","mod\\u0065l":"b","\\u006dodel":"c"}', { model: set('"z"') })).toBe(
      '{"\\u006dodel":"z"}',
    );
    expect(splice('{"models":1,"mo\\u0064els":2}', { models: drop })).toBe("{}");
  });

  it("keeps the last of several members with one name, as JSON.parse does", () => {
    expect(splice('{"messages":[1],"stream":true,"messages":[2]}', {})).toBe('{"stream":true,"messages":[2]}');
  });

  it("adds what is missing, also to an empty object", () => {
    expect(splice("{}", { model: set('"z"') })).toBe('{"model":"z"}');
    expect(splice(' { "a" : 1 } ', { model: set('"z"') })).toBe('{ "a" : 1 ,"model":"z"}');
  });

  it.each(["", "[]", "1", '{"a"}', '{"a":}', '{"a":1', '{"a":"b}', '{"a":1,}', "{a:1}", '{"a":[}'])(
    "refuses %j",
    (json) => {
      expect(() => splice(json, {})).toThrow("not a JSON object");
    },
  );

  it("equals parsing, editing and printing, for any object", () => {
    const names = fc.constantFrom("model", "models", "stream_options", "a", "__proto__", 'q"uote', "back\\slash", "é");
    const entries = fc.array(fc.tuple(names, fc.jsonValue({ maxDepth: 3 })), { maxLength: 8 });
    const space = fc.constantFrom("", " ", "\n", "\t\r\n ");
    fc.assert(
      fc.property(entries, space, fc.jsonValue(), (members, gap, model) => {
        const printed = members.map(
          ([name, value]) => `${gap}${JSON.stringify(name)}${gap}:${gap}${JSON.stringify(value)}${gap}`,
        );
        const json = `${gap}{${printed.length === 0 ? gap : printed.join(",")}}${gap}`;
        const edited = splice(json, { model: set(JSON.stringify(model)), models: drop });
        const expected = new Map(Object.entries(JSON.parse(json) as Record<string, unknown>));
        expected.set("model", model);
        expected.delete("models");
        expect(new Map(Object.entries(JSON.parse(edited) as Record<string, unknown>))).toEqual(
          new Map([...expected].map(([name, value]) => [name, JSON.parse(JSON.stringify(value)) as unknown])),
        );
      }),
    );
  });
});

describe("the body that a provider receives", () => {
  const forward = createForwardBody({ id: "acme/m", location: "cloud", upstreamId: 'up"stream' });
  const bodyOf = (json: string, stream: boolean): string =>
    Buffer.from(forward({ body: Buffer.from(json), stream, kind: "chat", parameters: [] })).toString("utf8");

  it("names the provider's model, whatever it is called", () => {
    expect(JSON.parse(bodyOf('{"model":"acme/large:floor","messages":[]}', false))).toEqual({
      model: 'up"stream',
      messages: [],
    });
  });

  it("keeps what is meant for the router to itself", () => {
    const own = '"models":[],"provider":{},"route":"fallback","session_id":"s","metadata":{},"service_tier":"flex"';
    expect(bodyOf(`{"model":"m",${own},"usage":{"include":true},"plugins":[],"seed":1}`, false)).toBe(
      '{"model":"up\\"stream","seed":1}',
    );
  });

  it("states the endpoint's tier where it has one", () => {
    const atFlex = createForwardBody({ id: "acme/m", location: "cloud", upstreamId: "up", serviceTier: "flex" });
    const body = Buffer.from('{"service_tier":"priority","model":"m"}');
    const asked = atFlex({ body, stream: false, kind: "chat", parameters: [] });
    expect(JSON.parse(Buffer.from(asked).toString("utf8"))).toEqual({
      service_tier: "flex",
      model: "up",
    });
  });

  it.each([
    ['{"stream":true}', '{"include_usage":true}'],
    ['{"stream_options":null}', '{"include_usage":true}'],
    ['{"stream_options":{"include_usage":false,"other":1.50}}', '{"include_usage":true,"other":1.50}'],
    ['{"stream_options":{"other":1}}', '{"other":1,"include_usage":true}'],
  ])("asks for usage in the stream of %s", (json, options) => {
    expect(bodyOf(json, true)).toContain(`"stream_options":${options}`);
  });

  it("leaves the stream options of a request without a stream alone", () => {
    expect(bodyOf('{"stream_options":{"x":1}}', false)).toContain('"stream_options":{"x":1}');
  });
});
