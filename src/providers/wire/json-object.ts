/** A JSON object whose members nobody has checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object, so that its members may be looked at. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The UTF-8 text in `bytes`, which are not copied, as a JSON object; nothing when it is anything else. */
export function readObject(bytes: Uint8Array): JsonObject | undefined {
  return parseObject(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
}

/** `text` as a JSON object; nothing when it is anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // What a server sent is not JSON: the caller says what that means.
    return undefined;
  }
}
