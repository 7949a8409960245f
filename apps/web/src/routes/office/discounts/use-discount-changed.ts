import { useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";

/** @returns asks anew for what shows codes, once one was changed */
export function useDiscountChanged(): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries(api.discounts.pathFilter());
}
