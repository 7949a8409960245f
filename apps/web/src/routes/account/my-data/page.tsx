import { useQuery } from "@tanstack/react-query";
import { AccountFrame } from "../../../account/account-frame.tsx";
import { useApi } from "../../../data/api.ts";
import { Consents } from "./consents.tsx";
import { Erasure } from "./erasure.tsx";
import { ExportPart } from "./export-part.tsx";
import "./page.css";

export function MyDataPage() {
  return <AccountFrame title="privacy">{() => <MyData />}</AccountFrame>;
}

/** How often it is looked whether a copy is there that is being put together. */
const LOOK_EVERY_MS = 5000;

function MyData() {
  const requests = useQuery(
    useApi().privacy.requests.queryOptions(undefined, {
      staleTime: 0,
      refetchInterval: ({ state }) => {
        const isWaiting = state.data?.items.some(
          ({ kind, state: request }) => kind === "export" && request === "waiting",
        );
        return isWaiting === true ? LOOK_EVERY_MS : false;
      },
    }),
  );
  return (
    <>
      <Consents />
      <ExportPart requests={requests} />
      <Erasure requests={requests} />
    </>
  );
}
