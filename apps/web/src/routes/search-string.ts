/** An address's query as its routes see it: a parameter that occurs once, or several times. */
export type RawSearch = Record<string, string | string[]>;

/** Reads a query the way that forms write it: `?topic=cloud&topic=security`. */
export function parseSearch(query: string): RawSearch {
  const search: RawSearch = {};
  const parameters = new URLSearchParams(query);
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    const [first = ""] = values;
    search[name] = values.length > 1 ? values : first;
  }
  return search;
}

/** Writes a query; what is missing or empty is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === "number" || (typeof item === "string" && item !== "")) {
        parameters.append(name, String(item));
      }
    }
  }
  const query = parameters.toString();
  return query === "" ? "" : `?${query}`;
}
