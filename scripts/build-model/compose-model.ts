import { fillTensors, identityMetadata, planTensors, shapeMetadata } from "./architectures.ts";
import type { ModelShape, Weights } from "./architectures.ts";
import type { MetadataEntry } from "./metadata.ts";
import type { StorageType } from "./tensor-encoding.ts";
import type { ModelSource } from "./write-gguf.ts";

/** Of everything that these scripts make up. */
const LICENSE = "apache-2.0";

/** A whole model from its parts: the way in for weights from elsewhere too. */
export function composeModel(parts: {
  readonly name: string;
  readonly description: string;
  readonly shape: ModelShape;
  readonly type: StorageType;
  readonly weights: Weights;
  readonly tokenizer: readonly MetadataEntry[];
}): ModelSource {
  return {
    metadata: [
      ...identityMetadata({ ...parts, architecture: parts.shape.architecture, license: LICENSE }),
      ...shapeMetadata(parts.shape),
      ...parts.tokenizer,
    ],
    tensors: fillTensors(planTensors(parts.shape), parts.type, parts.weights),
  };
}
