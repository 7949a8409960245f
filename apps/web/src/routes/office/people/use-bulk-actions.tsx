import { newIdempotencyKey } from "@lectern/client";
import type { PersonSummary } from "@lectern/contract/people";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { useApi, useClient } from "../../../data/api.ts";
import type { BulkAction } from "../../../office/bulk-dialog.tsx";
import { useMay, useOfficeMe } from "../../../office/office-me.ts";

/** What is said beside: kept where the dialog finds it once it begins. */
interface Said {
  reason: string;
}

/** What can be done with many people at once. Each is a call of its own, and refused by itself. */
export function useBulkActions(): readonly BulkAction<PersonSummary>[] {
  const t = useTranslations("officePeople");
  const me = useOfficeMe();
  const may = useMay();
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  const said = useRef<Said>({ reason: "" });
  const onSettled = () => void queryClient.invalidateQueries(api.people.pathFilter());
  const wish = ({ id }: PersonSummary) => ({ id, idempotencyKey: newIdempotencyKey() });
  const restore = (item: PersonSummary) => client.people.restore.mutate(wish(item));
  if (!may("people.write")) return [];
  return [
    {
      id: "signOut",
      words: t("signOut"),
      title: (count) => t("bulkSignOut", { count }),
      run: (item) => client.people.signOut.mutate(wish(item)),
      done: (count) => t("bulkSignedOut", { count }),
      onSettled,
    },
    {
      id: "restore",
      words: t("restore"),
      title: (count) => t("bulkRestore", { count }),
      refusal: ({ isSuspended }) => (isSuspended ? undefined : t("notSuspended")),
      run: restore,
      done: (count) => t("bulkRestored", { count }),
      onSettled,
    },
    {
      id: "suspend",
      words: t("suspend"),
      title: (count) => t("bulkSuspend", { count }),
      preview: (items) => (
        <SuspendPreview said={said.current} names={items.map(({ name }) => name)} />
      ),
      refusal: ({ id, isSuspended }) =>
        id === me.id ? t("notOneself") : isSuspended ? t("isSuspended") : undefined,
      hindrance: () => (said.current.reason.trim() === "" ? t("reasonMissing") : undefined),
      run: (item) =>
        client.people.suspend.mutate({ ...wish(item), reason: said.current.reason.trim() }),
      done: (count) => t("bulkSuspended", { count }),
      undo: restore,
      onSettled,
      isDangerous: true,
    },
  ];
}

const NAMES_MAX = 8;

/** Who is kept out, what that means, and why it is done. */
function SuspendPreview({ said, names }: { said: Said; names: readonly string[] }) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const id = useId();
  // What was said of others does not go on.
  useEffect(() => {
    said.reason = "";
  }, [said]);
  return (
    <>
      <ul className="bulk-dialog-names">
        {names.slice(0, NAMES_MAX).map((name, index) => (
          // Two may be called the same.
          <li key={`${name} ${String(index)}`}>{name}</li>
        ))}
        {names.length > NAMES_MAX ? (
          <li>{tOffice("bulkMore", { count: names.length - NAMES_MAX })}</li>
        ) : null}
      </ul>
      <p>{t("suspendWords")}</p>
      <p className="office-people-field">
        <label className="label" htmlFor={id}>
          {t("reason")}
        </label>
        <input
          id={id}
          className="field"
          maxLength={500}
          required
          aria-describedby={`${id}hint`}
          onChange={({ target }) => {
            said.reason = target.value;
          }}
        />
        <span id={`${id}hint`} className="aside-note">
          {t("reasonHint")}
        </span>
      </p>
    </>
  );
}
