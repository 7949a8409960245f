import type { PrivacyRequest } from "@lectern/contract/privacy";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { Said } from "../../../account/said.tsx";
import { useCall } from "../../../account/use-call.ts";
import { saveFile } from "../../../browser/save-file.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { formatBytes } from "../../../format/bytes.ts";

export interface Requests {
  readonly data: { readonly items: readonly PrivacyRequest[] } | undefined;
  readonly error: unknown;
  refetch(): Promise<unknown>;
}

/** A copy of everything that is kept about somebody. */
export function ExportPart({ requests }: { requests: Requests }) {
  const t = useTranslations("myData");
  const api = useApi();
  const queryClient = useQueryClient();
  const asking = useCall(
    api.privacy.requestExport.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(api.privacy.requests.queryFilter()),
    }),
  );
  function standing(state: PrivacyRequest["state"] | undefined): string {
    if (state === "waiting") return t("exportWaiting");
    return state === "failed" ? t("exportFailed") : "";
  }
  return (
    <AccountPart id="export" title={t("export")} words={t("exportWords")}>
      <CallFailure call={asking} />
      <Loaded query={requests}>
        {({ items }) => {
          const [last] = items.filter(({ kind }) => kind === "export");
          return (
            <>
              <Said>{standing(last?.state)}</Said>
              {items.map((request) =>
                request.archive === null ? null : (
                  <Archive key={request.id} request={request} archive={request.archive} />
                ),
              )}
              {last?.state === "waiting" ? null : (
                <p>
                  <Button
                    variant="outline"
                    isBusy={asking.isPending}
                    onClick={() => asking.mutate({ idempotencyKey: asking.keyOf("export") })}
                  >
                    {t("exportAsk")}
                  </Button>
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </AccountPart>
  );
}

interface ArchiveProps {
  readonly request: PrivacyRequest;
  readonly archive: NonNullable<PrivacyRequest["archive"]>;
}

function Archive({ request: { id, createdAt }, archive: { bytes, until } }: ArchiveProps) {
  const t = useTranslations("myData");
  const fetching = useCall(
    useApi().privacy.downloadExport.mutationOptions({
      onSuccess: ({ fileName, content }) => {
        const archive = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
        saveFile(fileName, new Blob([archive], { type: "application/zip" }));
      },
    }),
  );
  return (
    <div className="my-archive">
      <p>
        <Localized>
          {t("exportReady", { since: formatInstant(createdAt), until: formatInstant(until) })}
        </Localized>
      </p>
      <CallFailure call={fetching} />
      <p>
        <Button
          isBusy={fetching.isPending}
          onClick={() => {
            const wish = { id };
            fetching.mutate({ ...wish, idempotencyKey: fetching.keyOf(wish) });
          }}
        >
          {fetching.isPending ? t("downloading") : t("download", { size: formatBytes(bytes) })}
        </Button>
      </p>
    </div>
  );
}
