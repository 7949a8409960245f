/** ICU messages by group and name. */
export interface MessageTree {
  readonly [name: string]: string | MessageTree;
}

export function isTree(value: unknown): value is MessageTree {
  return typeof value === "object" && value !== null;
}

/** @returns every message of a tree with its full name: `course.title` */
export function* messagesIn(tree: MessageTree, path = ""): Generator<[name: string, text: string]> {
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === "string") yield [path + name, value];
    else yield* messagesIn(value, `${path}${name}.`);
  }
}

/** @returns the tree with each message changed */
export function mapped<Message>(
  tree: MessageTree,
  change: (text: string, name: string) => Message,
  path = "",
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      name,
      typeof value === "string"
        ? change(value, path + name)
        : mapped(value, change, `${path}${name}.`),
    ]),
  );
}

/** @returns the first tree with what the second says in its place; names that only the second has are left out */
export function merged(tree: MessageTree, over: MessageTree): MessageTree {
  const result: Record<string, string | MessageTree> = {};
  for (const [name, value] of Object.entries(tree)) {
    const other = over[name];
    if (typeof value === "string") result[name] = typeof other === "string" ? other : value;
    else result[name] = isTree(other) ? merged(value, other) : value;
  }
  return result;
}
