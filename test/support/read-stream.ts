/** A streamed answer that is read piece by piece, as a client does. */
export interface OpenStream {
  readonly response: Response;
  /** The text received so far. */
  text(): string;
  /** Everything received so far, frames included. */
  raw(): string;
  /** Reads on until the text is at least this long. Rejects when the stream ends before. */
  until(characters: number): Promise<void>;
  /** Reads to the end; rejects when the connection breaks. */
  rest(): Promise<void>;
  /** Closes the connection as a client does that goes away. */
  leave(): void;
}

/** POSTs a chat request with `stream: true` and resolves when the headers of its answer are there. */
export async function openStream(url: string, key: string, body: object): Promise<OpenStream> {
  const gone = new AbortController();
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ ...body, stream: true }),
    signal: gone.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let raw = "";
  const text = (): string => readEvents(raw).text;
  const readOn = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (value !== undefined) raw += decoder.decode(value, { stream: true });
    return !done;
  };
  return {
    response,
    text,
    raw: () => raw,
    until: async (characters) => {
      while (text().length < characters) {
        if (!(await readOn()))
          throw new Error(`The stream ended after ${text().length} characters: ${raw.slice(-500)}`);
      }
    },
    rest: async () => {
      while (await readOn());
    },
    leave: () => gone.abort(),
  };
}

/** What a client understands of the text of a stream. */
export interface ReadEvents {
  readonly text: string;
  /** Whether it ended with `[DONE]`. */
  readonly done: boolean;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly finishReasons: readonly string[];
}

/** Reads all whole events of a stream. */
export function readEvents(body: string): ReadEvents {
  const data = [...body.matchAll(/^data: (.*)\n/gm)].map(([, text]) => text ?? "");
  const chunks = data.filter((text) => text !== "[DONE]").map((text) => JSON.parse(text) as StreamedChunk);
  return {
    text: chunks.map(({ choices }) => choices?.[0]?.delta?.content ?? "").join(""),
    done: data.at(-1) === "[DONE]",
    error: chunks.find(({ error }) => error !== undefined)?.error,
    finishReasons: chunks.flatMap(({ choices }) => choices?.[0]?.finish_reason ?? []),
  };
}

interface StreamedChunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string };
    readonly finish_reason?: string | null;
  }[];
  readonly error?: { readonly code: string; readonly message: string };
}
