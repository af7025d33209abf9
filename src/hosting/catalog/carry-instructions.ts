import type { PullPlan } from "./plan-pull.ts";

/** How to bring a model onto a box that may open no connection: what to fetch elsewhere, how to check it, how to import it. */
export function carryInstructions(plan: PullPlan, target: { readonly id: string; readonly size?: string }): string {
  const names = plan.files.map(({ name }) => name);
  const hashed = plan.files.filter(({ sha256 }) => sha256 !== undefined);
  const size = target.size === undefined ? "" : ` (${target.size} in all)`;
  const check =
    hashed.length > 0
      ? [
          "  2. Check there, and again here:",
          ...hashed.map(({ name, sha256 }) => `       echo "${sha256}  ${name}" | sha256sum --check`),
        ]
      : [
          "  2. No SHA-256 is known here: note the one that the file's page shows, and compare it with",
          `       sha256sum ${names.join(" ")}`,
        ];
  const first = names[0] ?? "";
  const beside = names.length === 1 ? "" : "  (all parts in one folder; name the first)";
  return [
    `network.egress is deny, so nothing was fetched. Carry ${plan.label} instead:`,
    `  1. On a machine with a network${size}:`,
    ...plan.files.map(({ url, name }) => `       curl -fL -C - -o ${name} '${url}'`),
    ...check,
    "  3. Bring it here on a medium that your site allows, and import it:",
    `       signalbox models import ${first} --id ${target.id}${beside}`,
    "Or set network.egress to allowlisted in the configuration, and pull again.",
  ].join("\n");
}
