/** Lines of one exposition that are looked at; a server with more of them is not an inference engine. */
const MAX_LINES = 20_000;

/** One sample of a metric. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * The samples of the named metrics in Prometheus' text format; everything else, and what is not of that format, is passed
 * over. Values that are no finite number are left out.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function parsePrometheus(text: string, names: ReadonlySet<string>): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split("\n", MAX_LINES)) {
    const name = /^[A-Za-z_:][\w:]*/.exec(line)?.[0];
    if (name === undefined || !names.has(name)) continue;
    const rest = line.slice(name.length);
    const labelsEnd = rest.startsWith("{") ? rest.lastIndexOf("}") : -1;
    const [value] = rest
      .slice(labelsEnd + 1)
      .trim()
      .split(/\s+/);
    const number = value === undefined || value === "" ? NaN : Number(value);
    if (!Number.isFinite(number)) continue;
    samples.push({ name, labels: labelsEnd < 0 ? {} : parseLabels(rest.slice(1, labelsEnd)), value: number });
  }
  return samples;
}

/** The sum of a metric over its series, of one model where `modelName` is given; nothing where there is no series. */
export function sumOf(samples: readonly Sample[], name: string, modelName?: string): number | undefined {
  const values = samples
    .filter((sample) => sample.name === name && (modelName === undefined || sample.labels["model_name"] === modelName))
    .map(({ value }) => value);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

/** The largest value of a metric over its series, under the first of `names` that has any. */
export function largestOf(
  samples: readonly Sample[],
  names: readonly string[],
  modelName?: string,
): number | undefined {
  for (const name of names) {
    const values = samples
      .filter(
        (sample) => sample.name === name && (modelName === undefined || sample.labels["model_name"] === modelName),
      )
      .map(({ value }) => value);
    if (values.length > 0) return Math.max(...values);
  }
  return undefined;
}

function parseLabels(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, name = "", value = ""] of text.matchAll(/([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g)) {
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}
