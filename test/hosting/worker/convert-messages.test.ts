import { describe, expect, it } from "vitest";
import { convertTools } from "../../../src/hosting/worker/convert-messages.ts";

describe("functions as the model is shown them", () => {
  it("have their schema as it was sent, without the URL of its dialect", () => {
    const schema = { type: "object", properties: { city: { type: "string" } }, additionalProperties: false };
    const dialect = "http://json-schema.org/draft-07/schema#";
    const shown = convertTools([
      { name: "get_weather", description: "Weather", parameters: { $schema: dialect, ...schema } },
      { name: "get_time" },
    ]);
    expect(shown).toEqual({
      get_weather: { description: "Weather", params: schema },
      get_time: { params: { type: "object", properties: {} } },
    });
  });
});
