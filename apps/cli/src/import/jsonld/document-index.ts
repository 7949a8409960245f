import { type JsonNode, isNode } from "../../exchange/json-node.ts";
import { courseIdOf, readTitle } from "../build-course.ts";
import { RecordFindings } from "../findings.ts";
import type { JsonItem } from "../input/json-values.ts";
import { type NodeIndex, idOf, isReference, valuesOf } from "./node.ts";
import { courseFacts, kindOf } from "./records.ts";

/** What must be known of the whole document before one of its records can be understood. */
export interface DocumentIndex {
  /** Places, organisations and other nodes that records point to. */
  readonly nodes: NodeIndex;
  /** The course of each run that a course points to without holding it. */
  readonly courseOfRun: ReadonlyMap<string, string>;
}

/** So many nodes are remembered for references; feeds that are honest have far fewer. */
const INDEX_MAX = 200_000;

/** @returns the index of a document, for a first pass over it */
export async function indexDocument(items: AsyncIterable<JsonItem>): Promise<DocumentIndex> {
  const nodes = new Map<string, JsonNode>();
  const courseOfRun = new Map<string, string>();
  for await (const item of items) {
    if ("broken" in item || !isNode(item.value)) continue;
    const node = item.value;
    const id = idOf(node);
    const { kind } = kindOf(node);
    if (kind === "other" && id !== undefined && nodes.size < INDEX_MAX) nodes.set(id, node);
    if (kind !== "course") continue;
    for (const instance of valuesOf(node, "hasCourseInstance")) {
      if (!isNode(instance) || !isReference(instance)) continue;
      const runId = idOf(instance);
      const facts = courseFacts({ node, path: "", index: nodes });
      const courseId = courseIdOf(facts, readTitle(facts.title, new RecordFindings(() => "")));
      if (runId !== undefined && courseOfRun.size < INDEX_MAX) courseOfRun.set(runId, courseId);
    }
  }
  return { nodes, courseOfRun };
}
