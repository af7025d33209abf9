/** What of a prediction is compared with what came. */
export type PredictedQuantity = "first_content" | "writing" | "total" | "output_tokens";

/** What a metrics registry hears of predictions. May neither throw nor wait. */
export interface PredictionMetrics {
  /** Observed over predicted, for one answer of one endpoint. */
  predictionCompared(endpointId: string, quantity: PredictedQuantity, ratio: number): void;
}
