import { SignalboxError } from "../core/errors.ts";
import { isLoopback } from "../core/loopback.ts";
import type { Role } from "../core/principal.ts";
import { getCredits, getKey } from "./account/key.ts";
import { getGeneration } from "./account/generation.ts";
import { postFeedback } from "./feedback/feedback.ts";
import { getModel, getWrappedModel, listEndpoints, listModels } from "./catalog/models.ts";
import { countTokens } from "./anthropic/count-tokens.ts";
import { messagesProtocol } from "./anthropic/messages-protocol.ts";
import { openAiProtocol } from "./openai/openai-protocol.ts";
import { responsesProtocol } from "./responses/responses-protocol.ts";
import { getHealth, getReadiness } from "./operations/health.ts";
import { getIndex } from "./operations/index-page.ts";
import { getMetrics } from "./operations/metrics.ts";
import type { GatewayPorts } from "./ports.ts";
import type { Access, Route } from "./route.ts";
import { serveInference } from "./serve-inference.ts";

/** Asking a model is for keys made for it; `admin` may do everything. */
const INFERENCE: readonly Role[] = ["inference"];

/** Looking at the catalogue and at one's own key is for every key. */
const ANY_KEY: readonly Role[] = ["inference", "operator", "auditor"];

const METRICS_READERS: readonly Role[] = ["operator"];

/** Routes that clients of OpenAI and OpenRouter know and this release does not serve. */
const UNSERVED_PATHS = ["/audio/transcriptions", "/audio/speech", "/images/generations"] as const;

const MS_PER_SECOND = 1_000;

/** Every route of the box, in the order in which they are matched. */
export function createRoutes(ports: GatewayPorts, isDraining: () => boolean): readonly Route[] {
  const { catalog, keys, clock, feedback } = ports;
  const sinceS = Math.floor(clock.wallMs() / MS_PER_SECOND);
  const metricsAccess: Access = isLoopback(ports.config.host) ? "open" : METRICS_READERS;
  const routes: readonly Route[] = [
    post("/chat/completions", INFERENCE, serveInference(ports, openAiProtocol("chat"))),
    post("/responses", INFERENCE, serveInference(ports, responsesProtocol(clock))),
    post("/messages", INFERENCE, serveInference(ports, messagesProtocol)),
    post("/messages/count_tokens", INFERENCE, countTokens(ports.dataClasses)),
    post("/completions", INFERENCE, serveInference(ports, openAiProtocol("completion"))),
    post("/embeddings", INFERENCE, serveInference(ports, openAiProtocol("embedding"))),
    post("/classify", INFERENCE, serveInference(ports, openAiProtocol("classify"))),
    post("/rerank", INFERENCE, serveInference(ports, openAiProtocol("rerank"))),
    get("/models", ANY_KEY, listModels(catalog, sinceS)),
    get("/models/*id/endpoints", ANY_KEY, listEndpoints(catalog, sinceS)),
    get("/models/*id", ANY_KEY, getModel(catalog, sinceS)),
    get("/model/*id", ANY_KEY, getWrappedModel(catalog, sinceS)),
    get("/generation", ANY_KEY, getGeneration(ports.generations)),
    ...(feedback === undefined ? [] : [post("/feedback", INFERENCE, postFeedback({ ...ports, feedback }))]),
    get("/key", ANY_KEY, getKey(keys)),
    get("/credits", ANY_KEY, getCredits(keys)),
    { ...get("/healthz", "open", getHealth), base: "root" },
    { ...get("/readyz", "open", getReadiness(ports, isDraining)), base: "root" },
    { ...get("/metrics", metricsAccess, getMetrics(ports.metrics)), base: "root" },
    {
      ...get(
        "/",
        "open",
        getIndex(() => served),
      ),
      base: "root",
    },
  ];
  const served = [...routes, ...(ports.extraRoutes ?? [])];
  const unserved = UNSERVED_PATHS.filter((path) => !served.some((route) => route.path === path));
  return [...served, ...unserved.map((path) => post(path, INFERENCE, refuseUnserved(path)))];
}

/** Tells a client that it found the right box and the wrong route. */
function refuseUnserved(path: string): Route["handle"] {
  return () => {
    throw new SignalboxError(
      "not_found",
      `This release does not serve /v1${path}. Models are asked with POST /v1/chat/completions, /v1/responses or /v1/messages; GET / lists all routes.`,
    );
  };
}

function get(path: string, access: Access, handle: Route["handle"]): Route {
  return { method: "GET", path, base: "api", access, readsBody: false, handle };
}

function post(path: string, access: Access, handle: Route["handle"]): Route {
  return { method: "POST", path, base: "api", access, readsBody: true, handle };
}
