import { type RefObject, useEffect, useState } from "react";

/**
 * How many places are chosen in a field. Who chose before the page came alive has not chosen in vain.
 *
 * @param field that holds the choice
 * @param first what is chosen at first
 */
export function usePlaces(field: RefObject<HTMLSelectElement | null>, first: number) {
  const [places, setPlaces] = useState(first);
  useEffect(() => {
    if (field.current !== null) setPlaces(Number(field.current.value));
  }, [field]);
  return [places, setPlaces] as const;
}
