import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";

/** What others do with them shows up by itself. */
const AGAIN_MS = 5000;

/** @returns somebody, as staff see them */
export function usePerson(id: string) {
  return useQuery(useApi().people.byId.queryOptions({ id }, { refetchInterval: AGAIN_MS }));
}

/** @returns asks anew for what shows people, once one was changed */
export function usePersonChanged(): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(api.people.pathFilter());
    void queryClient.invalidateQueries(api.audit.pathFilter());
    // It may have been oneself.
    void queryClient.invalidateQueries(api.account.me.queryFilter());
  };
}
