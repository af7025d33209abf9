import type { Request, Response } from "express";
import { z } from "zod";
import type { MeasuredSpeedView, ModelInMemory } from "../../core/memory-view.ts";
import { exchangeOf } from "../exchange.ts";
import { writeJson } from "../write-json.ts";
import type { Actor, AdminPorts } from "./admin-ports.ts";
import { actorOf, readAdminBody } from "./read-admin-request.ts";

/** A model's id has slashes, so it stands in the body. */
const modelBody = z.strictObject({ model: z.string("must be a model's id") });

/** `GET /admin/memory`: which models are in memory, what they hold, who waits, and what has been moved. */
export function getMemory({ memory }: AdminPorts) {
  return (_request: Request, response: Response): void => writeJson(response, 200, memory.view());
}

/** `POST /admin/models/load`: brings a model into memory; answers when it can serve. */
export function loadModel({ memory }: AdminPorts) {
  return act((actor, modelId, signal) => memory.load(actor, modelId, signal));
}

/** `POST /admin/models/unload`: takes a model out of memory once its requests have ended; answers when it is gone. */
export function unloadModel({ memory }: AdminPorts) {
  return act((actor, modelId) => memory.unload(actor, modelId));
}

/** `POST /admin/models/pin`: the model does not leave for another, nor for being idle, until the next reload. */
export function pinModel({ memory }: AdminPorts) {
  return act((actor, modelId) => memory.pin(actor, modelId));
}

/** `POST /admin/models/unpin`: the model may leave again. */
export function unpinModel({ memory }: AdminPorts) {
  return act((actor, modelId) => memory.unpin(actor, modelId));
}

/** `POST /admin/models/bench`: measures a model's speed while no request wants it; answers when that is done. */
export function benchModel({ memory }: AdminPorts) {
  return act((actor, modelId, signal) => memory.bench(actor, modelId, signal));
}

function act(move: (actor: Actor, modelId: string, signal: AbortSignal) => Promise<ModelInMemory | MeasuredSpeedView>) {
  return async (_request: Request, response: Response): Promise<void> => {
    const { model } = readAdminBody(response, modelBody);
    writeJson(response, 200, await move(actorOf(response), model, exchangeOf(response).signal));
  };
}
