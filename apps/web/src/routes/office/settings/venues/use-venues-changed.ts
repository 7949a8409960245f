import { useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../../data/api.ts";

/** @returns asks anew for what shows venues and rooms, once one was changed */
export function useVenuesChanged(): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(api.venues.pathFilter());
    void queryClient.invalidateQueries(api.runs.pathFilter());
  };
}
