import type { TracedRequest } from "./traced-request.ts";

/** A panel as a simulation plays it. */
export interface SimulatedPanel {
  readonly id: string;
  readonly members: readonly string[];
  readonly quorum: number;
  /** A model that selects an answer, or writes one out of all; absent where votes or tests decide. */
  readonly judge?: { readonly modelId: string; readonly merges: boolean };
}

/** One request that a panel answers: which of the requests are its parts. */
export interface PlayedWhole {
  readonly members: readonly number[];
  readonly judge?: number;
  readonly quorum: number;
}

/** A trace with a request for each part of a panel behind its own requests, and the wholes by their place in it. */
export interface ExpandedTrace {
  readonly requests: readonly TracedRequest[];
  readonly wholes: ReadonlyMap<number, PlayedWhole>;
}

/** Tokens of a judge's rules, and of its verdict. */
const RULES_TOKENS = 200;
const VERDICT_TOKENS = 10;

/**
 * Adds the parts of every request that names a panel. Each member reads the same prompt and writes as many tokens as the
 * trace has for the whole; a judge reads the prompt and all answers.
 */
export function expandPanels(trace: readonly TracedRequest[], panels: readonly SimulatedPanel[]): ExpandedTrace {
  const byId = new Map(panels.map((panel) => [panel.id, panel]));
  const wholes = new Map<number, PlayedWhole>();
  if (byId.size === 0) return { requests: trace, wholes };
  const parts: TracedRequest[] = [];
  for (const [index, request] of trace.entries()) {
    const panel = request.model === undefined ? undefined : byId.get(request.model);
    if (panel === undefined) continue;
    const add = (model: string, more: Partial<TracedRequest> = {}): number =>
      trace.length - 1 + parts.push({ ...request, model, partOf: index, ...more });
    const members = panel.members.map((model) => add(model));
    const { promptTokens, outputTokens } = request;
    const { judge, quorum } = panel;
    const read = promptTokens + RULES_TOKENS + panel.members.length * outputTokens;
    const written = judge?.merges === true ? outputTokens : VERDICT_TOKENS;
    const judged = { promptTokens: read, outputTokens: written };
    wholes.set(index, { members, quorum, ...(judge === undefined ? {} : { judge: add(judge.modelId, judged) }) });
  }
  return { requests: [...trace, ...parts], wholes };
}
