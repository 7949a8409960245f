/**
 * @returns the fields that differ, as they were and as they are wanted, such as the audit log keeps them; `undefined` where
 *   none does
 */
export function changesOf<Fields extends object>(
  before: Fields,
  after: Fields,
): { readonly before: Partial<Fields>; readonly after: Partial<Fields> } | undefined {
  const changes: { before: Partial<Fields>; after: Partial<Fields> } = { before: {}, after: {} };
  let isChanged = false;
  for (const name in after) {
    if (before[name] === after[name]) continue;
    changes.before[name] = before[name];
    changes.after[name] = after[name];
    isChanged = true;
  }
  return isChanged ? changes : undefined;
}
