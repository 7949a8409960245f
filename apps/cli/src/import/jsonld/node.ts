import { type JsonNode, isNode } from "../../exchange/json-node.ts";

/**
 * Reading JSON-LD as people publish it: compacted against schema.org, with or without a prefix,
 * values alone or in arrays. Contexts are not fetched; names are matched as they are written.
 */

const PREFIX = /^(?:schema:|sdo:|https?:\/\/(?:www\.)?schema\.org\/)/u;

/** @returns the name of a type or property without the vocabulary it is from */
function localName(name: string): string {
  return name.replace(PREFIX, "");
}

const PLAIN: JsonNode = {};

/** For nodes that spell names with a prefix, their properties without; for others, nothing to look in. */
const unprefixed = new WeakMap<JsonNode, JsonNode>();

function withoutPrefixes(node: JsonNode): JsonNode {
  const known = unprefixed.get(node);
  if (known !== undefined) return known;
  const entries = Object.entries(node).filter(([name]) => PREFIX.test(name));
  const made =
    entries.length === 0
      ? PLAIN
      : Object.fromEntries(entries.map(([name, value]) => [localName(name), value]));
  unprefixed.set(node, made);
  return made;
}

/** @returns the value of a property, whichever way its name is spelt */
export function valueOf(node: JsonNode, property: string): unknown {
  if (Object.hasOwn(node, property)) return node[property];
  const others = withoutPrefixes(node);
  return Object.hasOwn(others, property) ? others[property] : undefined;
}

/** @returns all values of a property; a JSON-LD list or set counts as its members */
export function valuesOf(node: JsonNode, property: string): readonly unknown[] {
  return flatten(valueOf(node, property));
}

function flatten(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(flatten);
  if (isNode(value)) {
    if ("@list" in value) return flatten(value["@list"]);
    if ("@set" in value) return flatten(value["@set"]);
  }
  return [value];
}

/** @returns the local names of a node's types */
export function typesOf(node: JsonNode): ReadonlySet<string> {
  const types = Array.isArray(node["@type"]) ? node["@type"] : [node["@type"] ?? node["type"]];
  return new Set(types.flatMap((type) => (typeof type === "string" ? [localName(type)] : [])));
}

/** @returns the identifier of a node, trimmed; `undefined` for none or an empty one */
export function idOf(node: JsonNode): string | undefined {
  const id = node["@id"] ?? node["id"];
  const text = typeof id === "string" ? id.trim() : "";
  return text === "" ? undefined : text;
}

/** @returns whether a node says nothing but which other node it stands for */
export function isReference(node: JsonNode): boolean {
  return (
    idOf(node) !== undefined && Object.keys(node).every((key) => key === "@id" || key === "@type")
  );
}

/** Properties that stand for a node where only text is of use, best first. */
const TEXT_PROPERTIES = ["name", "text", "description", "termCode", "url"];

/** @returns the text of a value: itself, its `@value`, or the name of the node that it is */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!isNode(value)) return undefined;
  if ("@value" in value) return textOf(value["@value"]);
  for (const property of TEXT_PROPERTIES) {
    const text = textOf(valuesOf(value, property)[0]);
    if (text !== undefined) return text;
  }
  return idOf(value);
}

/** Nodes of a document that others point to by their `@id`. */
export type NodeIndex = ReadonlyMap<string, JsonNode>;

/** A node, where it stands, and the nodes that it may point to. */
export interface Placed {
  readonly node: JsonNode;
  /** JSON path, such as `$[3]`. */
  readonly path: string;
  readonly index: NodeIndex;
}

/** @returns the node that a value is or points to */
export function resolve(value: unknown, index: NodeIndex): unknown {
  if (!isNode(value) || !isReference(value)) return value;
  const id = idOf(value);
  return (id === undefined ? undefined : index.get(id)) ?? value;
}
