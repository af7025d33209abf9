import type { Request, Response } from "express";
import type { EndpointCatalog } from "../../core/inference-service.ts";
import type { EndpointSnapshot } from "../../core/endpoint.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { ModelId } from "../../core/ids.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { writeJson } from "../write-json.ts";
import { describeArchitecture } from "./describe-abilities.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { describeModel, groupByModel } from "./describe-model.ts";

/** Characters of an unknown name that are compared with the known ones. */
const MAX_COMPARED_LENGTH = 128;

/** `GET /v1/models`. @see https://openrouter.ai/docs/api-reference/list-available-models */
export function listModels(catalog: EndpointCatalog, createdS: number) {
  return (_request: Request, response: Response): void => {
    const models = groupByModel(catalog.snapshots());
    const data = [...models].map(([modelId, endpoints]) => describeModel(modelId, endpoints, createdS));
    writeJson(response, 200, { object: "list", data, links: { next: null }, total_count: data.length });
  };
}

/** `GET /v1/models/{id}`, as OpenAI has it. @see https://platform.openai.com/docs/api-reference/models/retrieve */
export function getModel(catalog: EndpointCatalog, createdS: number) {
  return (request: Request, response: Response): void => {
    const { modelId, endpoints } = findModel(request, catalog);
    writeJson(response, 200, describeModel(modelId, endpoints, createdS));
  };
}

/** `GET /v1/model/{id}`, as OpenRouter has it: the same model, wrapped. */
export function getWrappedModel(catalog: EndpointCatalog, createdS: number) {
  return (request: Request, response: Response): void => {
    const { modelId, endpoints } = findModel(request, catalog);
    writeJson(response, 200, { data: describeModel(modelId, endpoints, createdS) });
  };
}

/** `GET /v1/models/{id}/endpoints`. @see https://openrouter.ai/docs/api-reference/list-endpoints-for-a-model */
export function listEndpoints(catalog: EndpointCatalog, createdS: number) {
  return (request: Request, response: Response): void => {
    const { modelId, endpoints } = findModel(request, catalog);
    const capabilities = [...new Set(endpoints.flatMap(({ facts }) => facts.capabilities))];
    writeJson(response, 200, {
      data: {
        id: modelId,
        name: modelId,
        created: createdS,
        description: "",
        architecture: describeArchitecture(capabilities),
        endpoints: endpoints.map(describeEndpoint),
      },
    });
  };
}

function findModel(
  request: Request,
  catalog: EndpointCatalog,
): { readonly modelId: ModelId; readonly endpoints: readonly EndpointSnapshot[] } {
  const segments: unknown = request.params["id"];
  const modelId = Array.isArray(segments) ? segments.join("/") : String(segments);
  const models = groupByModel(catalog.snapshots());
  const endpoints = models.get(modelId);
  if (endpoints !== undefined) return { modelId, endpoints };
  const nearest = nearestName(modelId.slice(0, MAX_COMPARED_LENGTH), [...models.keys()]);
  throw new SignalboxError(
    "model_not_found",
    `There is no such model here.${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`,
    { param: "model" },
  );
}
