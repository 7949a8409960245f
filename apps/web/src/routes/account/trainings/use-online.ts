import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";

/** So often it is looked whether staff have said where a session is. */
const LOOK_AGAIN_MS = 60_000;

/** What somebody comes to online next: asked once, and shown at each of their trainings. */
export function useOnline() {
  return useQuery(
    useApi().calendar.online.queryOptions(undefined, {
      staleTime: 0,
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
}
