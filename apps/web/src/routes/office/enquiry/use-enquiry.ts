import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../data/api.ts";

/** What others do with it, and what the customer answers, shows up by itself. */
const AGAIN_MS = 5000;

/** @returns the enquiry of a page, as staff see it */
export function useEnquiry(id: string) {
  const api = useApi();
  return useQuery(api.enquiries.byId.queryOptions({ id }, { refetchInterval: AGAIN_MS }));
}

/** @returns a quote, as staff see it */
export function useQuote(id: string) {
  const api = useApi();
  return useQuery(api.quotes.byId.queryOptions({ id }, { refetchInterval: AGAIN_MS }));
}

/** @returns asks anew for what shows enquiries and their quotes, once something was changed */
export function useEnquiryChanged(): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(api.enquiries.pathFilter());
    void queryClient.invalidateQueries(api.quotes.pathFilter());
  };
}
