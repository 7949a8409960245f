import type { RunFacts } from "../facts.ts";
import { isNode } from "../../exchange/json-node.ts";
import { type Placed, resolve, textOf, typesOf, valueOf, valuesOf } from "./node.ts";

type LocationFacts = Pick<RunFacts, "hasPlace" | "hasVirtualLocation" | "venue" | "locationText">;

const FIELD = "location";

/** @returns where a run takes place: a place with its address, a virtual one, or a line of text */
export function readLocation({ node, index }: Placed): LocationFacts {
  let hasPlace = false;
  let hasVirtualLocation = false;
  let venue: RunFacts["venue"];
  let locationText: RunFacts["locationText"];

  for (const value of valuesOf(node, FIELD)) {
    const location = resolve(value, index);
    if (!isNode(location)) {
      const text = textOf(location);
      if (text === undefined) continue;
      if (/^(?:online|virtual|zoom|teams|webinar)\b/iu.test(text.trim())) hasVirtualLocation = true;
      else locationText ??= { value: text, field: FIELD };
      continue;
    }
    const types = typesOf(location);
    if (types.has("VirtualLocation")) {
      hasVirtualLocation = true;
      continue;
    }
    const isAddress = types.has("PostalAddress");
    const address = isAddress ? location : resolve(valueOf(location, "address"), index);
    const name = isAddress ? undefined : textOf(valueOf(location, "name"));
    if (!isNode(address)) {
      const text = textOf(address) ?? name;
      if (text !== undefined) locationText ??= { value: text, field: FIELD };
      hasPlace ||= text !== undefined;
      continue;
    }
    hasPlace = true;
    venue ??= {
      field: FIELD,
      name,
      street: textOf(valueOf(address, "streetAddress")),
      postcode: textOf(valueOf(address, "postalCode")),
      city: textOf(valueOf(address, "addressLocality")),
      country: textOf(resolve(valueOf(address, "addressCountry"), index)),
    };
  }
  return { hasPlace, hasVirtualLocation, venue, locationText };
}
