/** @throws Error for a key that is missing: the content refers to something that it does not have */
export function required<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The demo has no ${key}`);
  return value;
}
