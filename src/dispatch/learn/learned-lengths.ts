import type { KeyId, ModelId } from "../../core/ids.ts";
import type { LearnedExpectations, LengthsOfShape, OutputLength, RequestShape } from "../../routing/output-length.ts";
import { LengthSketch } from "./length-sketch.ts";

/** Kinds of requests that lengths are kept for; the one that was not seen for the longest time makes room. */
export const MAX_KINDS = 1_024;

/** Models that one kind tells apart. */
export const MAX_MODELS_OF_KIND = 16;

/** Answers before a length counts: for one key or model more, because they are learned in place of something broader. */
const MIN_SPECIFIC = 8;
const MIN_GENERAL = 5;

/** What was learned, for a file: no text of any request, and ids only of keys and models. */
export type SavedLengths = readonly {
  readonly kind: string;
  readonly all: SavedSketch;
  readonly models: readonly (readonly [modelId: ModelId, sketch: SavedSketch])[];
}[];

type SavedSketch = readonly (readonly [range: number, weight: number])[];

interface Kind {
  readonly all: LengthSketch;
  readonly models: Map<ModelId, LengthSketch>;
}

/**
 * How long answers were, from specific to general: of one key's requests of a shape, of all requests of the shape, of all
 * requests of the class; each over all models and by model. What is asked for is the most specific that was seen often
 * enough. Bounded by kinds and models; old answers fade.
 */
export class LearnedLengths implements LearnedExpectations {
  /** The one that was used last is last. */
  readonly #kinds = new Map<string, Kind>();

  lengthsOf(keyId: KeyId, shape: RequestShape): LengthsOfShape {
    const own = this.#kinds.get(kindOfKey(keyId, shape));
    const same = this.#kinds.get(kindOfShape(shape));
    const ownLength = lengthOf(own?.all, MIN_SPECIFIC, OF_KEY);
    const overall =
      ownLength ??
      lengthOf(same?.all, MIN_GENERAL, OF_SHAPE) ??
      lengthOf(this.#kinds.get(kindOfClass(shape))?.all, MIN_GENERAL, OF_CLASS);
    return {
      ...(overall === undefined ? {} : { overall }),
      ofModel: (modelId) =>
        lengthOf(own?.models.get(modelId), MIN_SPECIFIC, OF_KEY) ??
        // What is known of the key itself says more than what is known of the model for others.
        (ownLength === undefined ? lengthOf(same?.models.get(modelId), MIN_SPECIFIC, OF_SHAPE) : undefined),
    };
  }

  /** Learns from a whole answer. */
  add(keyId: KeyId, shape: RequestShape, modelId: ModelId, outputTokens: number): void {
    for (const name of [kindOfKey(keyId, shape), kindOfShape(shape), kindOfClass(shape)]) {
      const kind = this.#kindFor(name);
      kind.all.add(outputTokens);
      const sketch = kind.models.get(modelId) ?? new LengthSketch();
      if (kind.models.size < MAX_MODELS_OF_KIND) kind.models.set(modelId, sketch);
      sketch.add(outputTokens);
    }
  }

  save(): SavedLengths {
    return [...this.#kinds].map(([kind, { all, models }]) => ({
      kind,
      all: all.toPairs(),
      models: [...models].map(([modelId, sketch]) => [modelId, sketch.toPairs()] as const),
    }));
  }

  /** Takes what was saved for what was learned so far. */
  restore(saved: SavedLengths): void {
    this.#kinds.clear();
    for (const { kind, all, models } of saved.slice(-MAX_KINDS))
      this.#kinds.set(kind, {
        all: LengthSketch.restore(all),
        models: new Map(
          models.slice(0, MAX_MODELS_OF_KIND).map(([modelId, pairs]) => [modelId, LengthSketch.restore(pairs)]),
        ),
      });
  }

  #kindFor(name: string): Kind {
    const kind = this.#kinds.get(name) ?? { all: new LengthSketch(), models: new Map() };
    this.#kinds.delete(name);
    this.#kinds.set(name, kind);
    if (this.#kinds.size > MAX_KINDS) {
      const [oldest] = this.#kinds.keys();
      if (oldest !== undefined) this.#kinds.delete(oldest);
    }
    return kind;
  }
}

const OF_KEY = "this key's requests of this shape";
const OF_SHAPE = "requests of this shape";
const OF_CLASS = "requests of this class";

/** Keys, shapes and classes have no space in common positions, so that one name never stands for two kinds. */
function kindOfKey(keyId: KeyId, shape: RequestShape): string {
  return `key ${keyId} ${shape.exact}`;
}

function kindOfShape(shape: RequestShape): string {
  return `shape ${shape.exact}`;
}

function kindOfClass(shape: RequestShape): string {
  return `class ${shape.class}`;
}

/** Answers count a little less with every one that follows, so that eight of them are not quite eight. */
const FADED = 0.95;

function lengthOf(sketch: LengthSketch | undefined, minCount: number, from: string): OutputLength | undefined {
  if (sketch === undefined || sketch.count < minCount * FADED) return undefined;
  const { p50, p90 } = sketch;
  return { p50, p90, count: sketch.count, from };
}
