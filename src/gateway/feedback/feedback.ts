import type { Request, Response } from "express";
import { z } from "zod";
import { SignalboxError } from "../../core/errors.ts";
import { FEEDBACK_REASONS, type AnswerFeedback, type FeedbackLog } from "../../core/feedback.ts";
import { answeringAttempt, type Generation, type GenerationLog } from "../../core/generation-log.ts";
import type { EndpointCatalog } from "../../core/inference-service.ts";
import type { Principal } from "../../core/principal.ts";
import { readAdminBody } from "../admin/read-admin-request.ts";
import { exchangeOf } from "../exchange.ts";
import { writeJson } from "../write-json.ts";

const MAX_ID_LENGTH = 128;

const feedbackFields = z.strictObject({
  request_id: z.string("must be the x-request-id of an answer").min(1).max(MAX_ID_LENGTH),
  score: z.number("must be a number from 0 to 1").min(0).max(1).optional(),
  thumb: z.enum(["up", "down"], "must be up or down").optional(),
  reason: z.enum(FEEDBACK_REASONS, `must be one of ${FEEDBACK_REASONS.join(", ")}`).optional(),
});

/** What `POST /v1/feedback` needs of the box. */
export interface FeedbackPorts {
  readonly feedback: FeedbackLog;
  readonly generations: GenerationLog;
  readonly catalog: EndpointCatalog;
}

/**
 * `POST /v1/feedback`: what the caller thinks of an answer, by its `x-request-id`, as a `score` from 0 to 1 or a `thumb`,
 * with a `reason` from a list. Only the key that asked, and keys of its team, may say; another's request is as unknown as
 * one that never was. Only answered requests have an answer to speak of.
 */
export function postFeedback({ feedback, generations, catalog }: FeedbackPorts) {
  return async (_request: Request, response: Response): Promise<void> => {
    const { request_id: requestId, score, thumb, reason } = readAdminBody(response, feedbackFields);
    if ((score === undefined) === (thumb === undefined)) {
      throw new SignalboxError("invalid_request", "Send either score (0 to 1) or thumb (up or down).", {
        param: "score",
      });
    }
    const { caller } = exchangeOf(response);
    const generation = generations.find(requestId);
    if (generation === undefined || !maySpeak(caller, generation)) {
      throw new SignalboxError("not_found", "No request with this id was recorded for this key or its team.", {
        param: "request_id",
      });
    }
    const said: AnswerFeedback = {
      ...answerOf(generation, catalog),
      byKeyId: caller.keyId,
      score: score ?? (thumb === "up" ? 1 : 0),
      ...(reason === undefined ? {} : { reason }),
    };
    const { auditIndex } = await feedback.record(said);
    const { task, endpointId } = said;
    writeJson(response, 200, {
      data: { request_id: requestId, endpoint: endpointId, task, score: said.score, reason: reason ?? null },
      signalbox: { audit_index: auditIndex },
    });
  };
}

function maySpeak(caller: Principal, generation: Generation): boolean {
  return caller.keyId === generation.keyId || (caller.team !== undefined && caller.team === generation.team);
}

/** Which endpoint answered what kind of request. Throws `invalid_request` for a request without an answer. */
function answerOf(
  generation: Generation,
  catalog: EndpointCatalog,
): Omit<AnswerFeedback, "byKeyId" | "score" | "reason"> {
  const { requestId, keyId, team, decision } = generation;
  const answered = answeringAttempt(generation);
  if (answered === undefined || decision === undefined) {
    throw new SignalboxError("invalid_request", "This request has no answer that one could speak of.", {
      param: "request_id",
    });
  }
  const { endpointId } = answered;
  const quality = catalog.snapshots().find(({ facts }) => facts.id === endpointId)?.facts.quality;
  return {
    requestId,
    keyId,
    task: decision.workload.task,
    endpointId,
    ...(team === undefined ? {} : { team }),
    ...(quality === undefined ? {} : { quality }),
  };
}
