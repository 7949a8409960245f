interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** The contract's limit on the values of one facet. */
const VALUES_MAX = 1000;

const collator = new Intl.Collator("en");

/** The commonest choice first, and as many as the contract takes. */
export function inFacetOrder<Value extends FacetValue>(values: readonly Value[]): Value[] {
  return values
    .toSorted((a, b) => b.count - a.count || collator.compare(a.label, b.label))
    .slice(0, VALUES_MAX);
}

/** Levels and modes have an order of their own, which says more than their counts. */
export function inOrderOf<Value extends { value: string }>(
  order: readonly string[],
  values: readonly Value[],
): Value[] {
  return values.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
}
