import type { Request, Response } from "express";
import type { EndpointCatalog, ListedJointModel } from "../../core/inference-service.ts";
import type { EndpointSnapshot } from "../../core/endpoint.ts";
import { SignalboxError } from "../../core/errors.ts";
import type { ModelId } from "../../core/ids.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { writeJson } from "../write-json.ts";
import { describeArchitecture } from "./describe-abilities.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { describeJointModel, endpointsOfJoint } from "./describe-joint-model.ts";
import { describeModel, groupByModel, type ModelEndpoints } from "./describe-model.ts";

/** Characters of an unknown name that are compared with the known ones. */
const MAX_COMPARED_LENGTH = 128;

/** `GET /v1/models`. @see https://openrouter.ai/docs/api-reference/list-available-models */
export function listModels(catalog: EndpointCatalog, createdS: number) {
  return (_request: Request, response: Response): void => {
    const models = groupByModel(catalog.snapshots());
    const data = [
      ...[...models].map(([modelId, endpoints]) => describeModel(modelId, endpoints, createdS)),
      ...servedJointModels(catalog, models).map((joint) => describeJointModel(joint, models, createdS)),
    ];
    writeJson(response, 200, { object: "list", data, links: { next: null }, total_count: data.length });
  };
}

/** `GET /v1/models/{id}`, as OpenAI has it. @see https://platform.openai.com/docs/api-reference/models/retrieve */
export function getModel(catalog: EndpointCatalog, createdS: number) {
  return (request: Request, response: Response): void => {
    writeJson(response, 200, findModel(request, catalog).describe(createdS));
  };
}

/** `GET /v1/model/{id}`, as OpenRouter has it: the same model, wrapped. */
export function getWrappedModel(catalog: EndpointCatalog, createdS: number) {
  return (request: Request, response: Response): void => {
    writeJson(response, 200, { data: findModel(request, catalog).describe(createdS) });
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

/** A model of the catalogue, whether one answers it or several together. */
interface FoundModel {
  readonly modelId: ModelId;
  readonly endpoints: readonly EndpointSnapshot[];
  describe(createdS: number): Readonly<Record<string, unknown>>;
}

/** The panels of which at least one model is served. */
function servedJointModels(catalog: EndpointCatalog, models: ModelEndpoints): readonly ListedJointModel[] {
  return (catalog.jointModels?.() ?? []).filter((joint) => endpointsOfJoint(joint, models).length > 0);
}

function findModel(request: Request, catalog: EndpointCatalog): FoundModel {
  const segments: unknown = request.params["id"];
  const modelId = Array.isArray(segments) ? segments.join("/") : String(segments);
  const models = groupByModel(catalog.snapshots());
  const endpoints = models.get(modelId);
  if (endpoints !== undefined)
    return { modelId, endpoints, describe: (createdS) => describeModel(modelId, endpoints, createdS) };
  const jointModels = servedJointModels(catalog, models);
  const joint = jointModels.find(({ id }) => id === modelId);
  if (joint !== undefined) {
    const describe = (createdS: number) => describeJointModel(joint, models, createdS);
    return { modelId, endpoints: endpointsOfJoint(joint, models), describe };
  }
  const known = [...models.keys(), ...jointModels.map(({ id }) => id)];
  const nearest = nearestName(modelId.slice(0, MAX_COMPARED_LENGTH), known);
  throw new SignalboxError(
    "model_not_found",
    `There is no such model here.${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`,
    { param: "model" },
  );
}
