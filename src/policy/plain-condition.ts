import type { ASTNode } from "@marcbachmann/cel-js";
import type { ConditionFacts } from "./cel-environment.ts";
import { variableAt } from "./inspect-condition.ts";
import type { VariableRoot } from "./variables.ts";

/** The answer for facts, or nothing where only CEL itself knows it: for a value of another type than the table says. */
export type PlainCondition = (facts: ConditionFacts) => boolean | undefined;

interface Read {
  readonly root: VariableRoot;
  readonly field: string;
}

type Order = (value: number, literal: number) => boolean;

const ORDERS: Readonly<Record<string, Order>> = {
  "==": (value, literal) => value === literal,
  "!=": (value, literal) => value !== literal,
  "<": (value, literal) => value < literal,
  "<=": (value, literal) => value <= literal,
  ">": (value, literal) => value > literal,
  ">=": (value, literal) => value >= literal,
};

const MIRRORED: Readonly<Record<string, string>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/**
 * The commonest conditions as plain functions, a hundred times as fast as an evaluation of CEL: a variable compared with a
 * literal, a text in a list, `has(…)` and a variable that is itself true or false. They mean what CEL means by them.
 * Nothing for any other condition. Policies are evaluated for every endpoint of every request.
 */
export function compilePlain(node: ASTNode): PlainCondition | undefined {
  const variable = variableAt(node);
  if (variable !== undefined) return isTrue(variable);
  if (node.op === "call" && node.args[0] === "has") {
    const [read] = node.args[1];
    const tested = read === undefined ? undefined : variableAt(read);
    return tested === undefined ? undefined : (facts) => facts[tested.root]?.[tested.field] !== undefined;
  }
  if (node.op === "in") return membership(node.args[0], node.args[1]);
  if (!Object.hasOwn(ORDERS, node.op)) return undefined;
  const [left, right] = node.args as readonly [ASTNode, ASTNode];
  const [onLeft, onRight] = [variableAt(left), variableAt(right)];
  if (onLeft !== undefined) return comparison(onLeft, node.op, literalOf(right));
  return onRight === undefined ? undefined : comparison(onRight, MIRRORED[node.op] ?? "", literalOf(left));
}

function isTrue({ root, field }: Read): PlainCondition {
  return (facts) => {
    const value = facts[root]?.[field];
    return typeof value === "boolean" ? value : undefined;
  };
}

function comparison({ root, field }: Read, operator: string, literal: Literal | undefined): PlainCondition | undefined {
  if (typeof literal === "number") {
    const holds = ORDERS[operator];
    if (holds === undefined) return undefined;
    return (facts) => {
      const value = facts[root]?.[field];
      return typeof value === "number" ? holds(value, literal) : undefined;
    };
  }
  // Texts are compared for equality alone: CEL orders them by code point, and this language by code unit.
  if (literal === undefined || (operator !== "==" && operator !== "!=")) return undefined;
  const whenEqual = operator === "==";
  const type = typeof literal;
  return (facts) => {
    const value = facts[root]?.[field];
    if (typeof value !== type) return undefined;
    return (value === literal) === whenEqual;
  };
}

function membership(element: ASTNode, list: ASTNode): PlainCondition | undefined {
  const listed = variableAt(list);
  const literal = literalOf(element);
  if (listed !== undefined && typeof literal === "string")
    return (facts) => {
      const value = facts[listed.root]?.[listed.field];
      return Array.isArray(value) ? value.includes(literal) : undefined;
    };
  const read = variableAt(element);
  if (read === undefined || list.op !== "list") return undefined;
  const literals = list.args.map(literalOf);
  if (!literals.every((one) => typeof one === "string")) return undefined;
  const set = new Set<unknown>(literals);
  return (facts) => {
    const value = facts[read.root]?.[read.field];
    return typeof value === "string" ? set.has(value) : undefined;
  };
}

type Literal = string | number | boolean;

function literalOf(node: ASTNode): Literal | undefined {
  if (node.op !== "value") return undefined;
  const { args: value } = node as { readonly args: unknown };
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
