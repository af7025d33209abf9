/** The JSON value that a text is; undefined where it is none, which most of what models write is. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
