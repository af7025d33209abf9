import type { Timeline, Window } from "./timeline.ts";

const WIDTH = 960;
const LEFT = 150;
const RIGHT = 20;
const LANE_HEIGHT = 80;
const LANE_GAP = 34;
const TOP = 40;
const COLOURS = { running: "#4c78a8", queued: "#e45756", burst: "#f2a541", ttft: "#222222", axis: "#888888" } as const;

/** One strip of the picture: its name, the largest value, and what is drawn on that scale. */
interface Lane {
  readonly name: string;
  readonly unit: string;
  readonly areas: readonly { readonly colour: string; readonly values: readonly number[] }[];
  readonly line?: readonly (number | undefined)[];
}

/**
 * A run as an SVG picture: one lane for each endpoint with what runs and, on top of it, what waits; one for the requests
 * that arrive and those of them that burst; one for the 95th percentile of the time to the first token. Time goes right.
 */
export function drawTimeline({ windows, endpointIds, windowMs }: Timeline, title: string): string {
  const lanes: Lane[] = [
    ...endpointIds.map((name, position): Lane => endpointLane(name, position, windows)),
    {
      name: "arrivals",
      unit: "a window",
      areas: [
        { colour: COLOURS.axis, values: windows.map(({ arrived }) => arrived) },
        { colour: COLOURS.burst, values: windows.map(({ bursts }) => bursts) },
      ],
    },
    { name: "TTFT, 95 %", unit: "ms", areas: [], line: windows.map(({ ttftP95Ms }) => ttftP95Ms) },
  ];
  const height = TOP + lanes.length * (LANE_HEIGHT + LANE_GAP) + 20;
  const endSeconds = Math.round((windows.length * windowMs) / 1_000);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="10" y="20" font-size="14">${escaped(title)}</text>`,
    ...legend(),
    ...lanes.map((lane, index) => drawLane(lane, TOP + index * (LANE_HEIGHT + LANE_GAP), windows.length)),
    `<text x="${LEFT}" y="${height - 8}" fill="${COLOURS.axis}">0 s</text>`,
    `<text x="${WIDTH - RIGHT}" y="${height - 8}" fill="${COLOURS.axis}" text-anchor="end">${endSeconds} s</text>`,
    "</svg>",
    "",
  ].join("\n");
}

function endpointLane(name: string, position: number, windows: readonly Window[]): Lane {
  const running = windows.map((window) => window.running[position] ?? 0);
  const stacked = windows.map((window, index) => (running[index] ?? 0) + (window.queued[position] ?? 0));
  return {
    name,
    unit: "requests",
    areas: [
      { colour: COLOURS.queued, values: stacked },
      { colour: COLOURS.running, values: running },
    ],
  };
}

function legend(): readonly string[] {
  const entries = [
    ["running", COLOURS.running],
    ["queued", COLOURS.queued],
    ["burst", COLOURS.burst],
  ] as const;
  return entries.map(
    ([name, colour], index) =>
      `<rect x="${WIDTH - 260 + index * 80}" y="11" width="10" height="10" fill="${colour}"/>` +
      `<text x="${WIDTH - 245 + index * 80}" y="20">${name}</text>`,
  );
}

function drawLane({ name, unit, areas, line = [] }: Lane, top: number, count: number): string {
  const bottom = top + LANE_HEIGHT;
  const most = Math.max(1, ...areas.flatMap(({ values }) => values), ...line.map((value) => value ?? 0));
  const x = (index: number): string => (LEFT + (index * (WIDTH - LEFT - RIGHT)) / Math.max(1, count)).toFixed(1);
  const y = (value: number): string => (bottom - (value / most) * LANE_HEIGHT).toFixed(1);
  const steps = (values: readonly (number | undefined)[]): string =>
    values
      .flatMap((value, index) => (value === undefined ? [] : [`${x(index)},${y(value)} ${x(index + 1)},${y(value)}`]))
      .join(" ");
  return [
    `<text x="10" y="${top + 14}">${escaped(name)}</text>`,
    `<text x="10" y="${top + 30}" fill="${COLOURS.axis}">up to ${Number(most.toPrecision(3))} ${unit}</text>`,
    ...areas.map(
      ({ colour, values }) =>
        `<polygon fill="${colour}" points="${x(0)},${bottom} ${steps(values)} ${x(values.length)},${bottom}"/>`,
    ),
    ...(line.length === 0 ? [] : [`<polyline fill="none" stroke="${COLOURS.ttft}" points="${steps(line)}"/>`]),
    `<line x1="${LEFT}" y1="${bottom}" x2="${WIDTH - RIGHT}" y2="${bottom}" stroke="${COLOURS.axis}"/>`,
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
