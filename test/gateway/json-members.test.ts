import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editMembers, findMembers, type MemberEdit } from "../../src/gateway/openai/json-members.ts";

const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true });
const indent = fc.constantFrom(undefined, 1, "\t");
const join = (pieces: readonly Uint8Array[]): unknown => JSON.parse(Buffer.concat(pieces).toString());

describe("finding the members of an object in its bytes", () => {
  it("finds each with exactly its value, whatever the values and the spacing", () => {
    fc.assert(
      fc.property(object, indent, (value, space) => {
        const json = Buffer.from(JSON.stringify(value, undefined, space));
        const members = findMembers(json) ?? [];
        const values = members.map(({ valueStart, valueEnd }) =>
          JSON.parse(json.toString("utf8", valueStart, valueEnd)),
        );
        expect(values).toEqual(Object.values(JSON.parse(json.toString())));
      }),
    );
  });

  it("reads strings that are longer than the part that is read byte by byte", () => {
    const text = `${"x".repeat(300)}\\"${"y".repeat(300)}\\\\`;
    const json = Buffer.from(`{"a":"${text}","b":1}`);
    expect(findMembers(json)?.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it.each(["", "[]", "7", '"a"', '{"a"', '{"a" 1}', '{"a":1 "b":2}'])("finds nothing in %s", (text) => {
    expect(findMembers(Buffer.from(text))).toBeUndefined();
  });
});

describe("editing members in the bytes", () => {
  it("gives the same object as editing the parsed one", () => {
    fc.assert(
      fc.property(object, indent, fc.boolean(), fc.boolean(), (value, space, drop, add) => {
        const json = Buffer.from(JSON.stringify({ ...value, model: "m", usage: { a: [1, "}"] } }, undefined, space));
        const members = findMembers(json) ?? [];
        const edited = editMembers(
          json,
          members,
          new Map<string, MemberEdit>([["model", Buffer.from('"n"')], ...(drop ? [["usage", "drop"] as const] : [])]),
          add ? [Buffer.from('"added":true')] : [],
        );
        const expected: Record<string, unknown> = JSON.parse(json.toString());
        expected["model"] = "n";
        if (drop) delete expected["usage"];
        expect(join(edited)).toEqual(add ? { ...expected, added: true } : expected);
      }),
    );
  });

  it("can empty an object, and fill an empty one", () => {
    const one = Buffer.from('{ "a" : 1 }');
    expect(join(editMembers(one, findMembers(one) ?? [], new Map([["a", "drop"]]), []))).toEqual({});
    const none = Buffer.from("{}");
    expect(join(editMembers(none, findMembers(none) ?? [], new Map(), [Buffer.from('"b":2')]))).toEqual({ b: 2 });
  });
});
