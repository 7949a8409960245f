import type { Fact, RunFacts } from "../facts.ts";
import { type JsonNode, isNode } from "../../exchange/json-node.ts";
import { type Placed, resolve, textOf, valueOf, valuesOf } from "./node.ts";

type OfferFacts = Pick<
  RunFacts,
  "price" | "currency" | "isFree" | "bookingOpens" | "bookingCloses"
>;

const FIELD = "offers";

function fact(node: JsonNode | undefined, ...properties: readonly string[]): Fact | undefined {
  for (const property of properties) {
    const value = node === undefined ? undefined : textOf(valueOf(node, property));
    if (value !== undefined) return { value, field: FIELD };
  }
  return undefined;
}

/** @returns price and time of booking, from the first offer that has a price, else the first */
export function readOffers({ node, index }: Placed): OfferFacts {
  const offers = valuesOf(node, FIELD)
    .map((offer) => resolve(offer, index))
    .filter(isNode)
    .flatMap((offer) => {
      // A price may stand in a specification of its own.
      const specified = resolve(valuesOf(offer, "priceSpecification")[0], index);
      return [isNode(specified) ? { ...specified, ...offer } : offer];
    });
  const priced = offers.find((offer) => fact(offer, "price", "lowPrice") !== undefined);
  const offer = priced ?? offers[0];
  const isFree =
    textOf(valueOf(node, "isAccessibleForFree"))?.toLowerCase() === "true" ||
    (priced === undefined && fact(offer, "category")?.value.toLowerCase() === "free");
  return {
    price: fact(offer, "price", "lowPrice"),
    currency: fact(offer, "priceCurrency"),
    isFree,
    bookingOpens: fact(offer, "availabilityStarts", "validFrom"),
    bookingCloses: fact(offer, "availabilityEnds", "validThrough"),
  };
}
