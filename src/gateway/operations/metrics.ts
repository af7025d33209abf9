import type { Request, Response } from "express";
import type { RequestMetrics } from "../../core/request-metrics.ts";
import { writeBytes } from "../write-json.ts";

/** `GET /metrics`, for Prometheus. @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function getMetrics(metrics: Pick<RequestMetrics, "expose">) {
  return async (_request: Request, response: Response): Promise<void> => {
    const { contentType, text } = await metrics.expose();
    writeBytes(response, 200, [Buffer.from(text)], {}, contentType);
  };
}
