import type { SiteEngine } from "../../core/site-engine.ts";

/** What a server says about one model, or about all of them where it has one. What it does not say is absent. */
export interface ModelState {
  /** Whether the model is in memory; for servers that load at the first request. */
  readonly loaded?: boolean;
  readonly running?: number;
  readonly queued?: number;
  /** Requests that it runs at the same time. */
  readonly slots?: number;
  /** Share of its cache of keys and values that is in use, 0 to 1. */
  readonly kvCacheUsage?: number;
  readonly prefillTokensPerSecond?: number;
  /** Decode rate of one sequence. */
  readonly decodeTokensPerSecond?: number;
}

/** One reading of a server. */
export interface EngineReading {
  /** Why it can't serve now, in its own words where it has some. Absent: it can, or does not say. */
  readonly notReadyBecause?: string;
  /** By the name that the server knows the model by. */
  readonly models?: ReadonlyMap<string, ModelState>;
  /** Of every model that `models` does not name. */
  readonly others?: ModelState;
}

/** What a server answered, or why it did not. */
export type ServerReply =
  | { readonly kind: "answer"; readonly status: number; readonly text: string }
  /** No connection. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** Too slow, too large, broken off, not HTTP. */
  | { readonly kind: "failed"; readonly reason: string };

/** GETs one path below the server's root. Never rejects. */
export type AskServer = (path: string) => Promise<ServerReply>;

/** Totals of an earlier reading, by name, for rates that only differences show. A reader keeps what it needs. */
export type CounterMemory = Map<string, number>;

/** How one kind of server is recognized and read. */
export interface EngineReader {
  readonly engine: SiteEngine;
  /** Whether the server is one of this kind. */
  identify(ask: AskServer): Promise<boolean>;
  /** What it says now; nothing where it can't be told, whatever it answers. */
  read(ask: AskServer, memory: CounterMemory, modelNames: readonly string[]): Promise<EngineReading | undefined>;
}
