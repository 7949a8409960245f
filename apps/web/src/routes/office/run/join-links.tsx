import type { RunJoinLinks } from "@lectern/contract/calendar";
import type { RunForStaff } from "@lectern/contract/run-office";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { SelectField } from "../../../account/select-field.tsx";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useCall } from "../../../account/use-call.ts";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { CopyField } from "../../../forms/copy-field.tsx";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useSessionNames } from "./use-session-names.ts";

type Link = RunJoinLinks["links"][number];

async function loadShape() {
  return (await import("@lectern/contract/calendar")).RunSetJoinLinkInput;
}

/** Where a date meets online: for all its sessions, and for those that meet elsewhere. */
export function JoinLinks({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const query = useQuery(useApi().runs.joinLinks.queryOptions({ id: run.id }));
  return (
    <RecordSection title={t("joinTitle")}>
      <p className="aside-note">{t("joinWords")}</p>
      <Loaded query={query}>
        {({ links }) => (
          <>
            <LinkList run={run} links={links} />
            <LinkForm run={run} links={links} />
          </>
        )}
      </Loaded>
    </RecordSection>
  );
}

/** @returns asks anew where a date meets, once that was changed */
function useLinksChanged(id: string): () => void {
  const api = useApi();
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(api.runs.joinLinks.queryFilter({ id }));
    void queryClient.invalidateQueries(api.runs.history.infiniteQueryFilter());
  };
}

/** @returns what a link is for, in words */
function useMeant(run: RunForStaff): (position: number | null) => string {
  const t = useTranslations("officeRun");
  const { ofSession } = useSessionNames();
  return (position) => {
    const session = run.sessions.find((one) => one.position === position);
    return session === undefined ? t("joinAll") : ofSession(session);
  };
}

function LinkList({ run, links }: { run: RunForStaff; links: readonly Link[] }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const undo = useUndo();
  const words = useAccountWords();
  const meant = useMeant(run);
  const changed = useLinksChanged(run.id);
  const setting = useCall(api.runs.setJoinLink.mutationOptions());
  if (links.length === 0) return <p>{t("joinNone")}</p>;

  async function set(position: number | null, url: string | null): Promise<void> {
    const wish = { id: run.id, position, url };
    await setting.mutateAsync({ ...wish, idempotencyKey: setting.keyOf(wish) });
    changed();
  }
  async function remove({ position, url }: Link): Promise<void> {
    try {
      await set(position, null);
      undo.done({ words: t("joinRemoved"), undo: () => set(position, url) });
    } catch (error) {
      undo.alert(words(error));
    }
  }
  return (
    <ul className="run-join-links">
      {links.map((link) => (
        <li key={link.position ?? 0}>
          <CopyField
            label={meant(link.position)}
            text={link.url}
            words={{ copy: t("copy"), copied: t("copied") }}
          />
          <button
            type="button"
            className="plain-button"
            aria-label={t("joinRemoveOf", { session: meant(link.position) })}
            disabled={setting.isPending}
            onClick={() => void remove(link)}
          >
            {t("joinRemove")}
          </button>
        </li>
      ))}
    </ul>
  );
}

function LinkForm({ run, links }: { run: RunForStaff; links: readonly Link[] }) {
  const t = useTranslations("officeRun");
  const undo = useUndo();
  const meant = useMeant(run);
  const changed = useLinksChanged(run.id);
  // Empty again for the next one.
  const [count, setCount] = useState(0);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({
      id: run.id,
      position: fieldNumber(data, "position") || null,
      url: fieldText(data, "url"),
    }),
    call: useApi().runs.setJoinLink.mutationOptions(),
    onDone: ({ position }) => {
      undo.say(t("joinSaved", { session: meant(position) }));
      setCount(count + 1);
      changed();
    },
  });
  const hasOne = links.some(({ position }) => position === null);
  const next = hasOne ? run.sessions.find(isWithoutOne)?.position : undefined;
  function isWithoutOne({ position }: { position: number }): boolean {
    return links.every((link) => link.position !== position);
  }
  return (
    <Form key={`${String(count)} ${String(links.length)}`} {...formProps}>
      <div className="run-fields">
        {run.sessions.length > 1 ? (
          <SelectField
            name="position"
            label={t("joinFor")}
            value={String(next ?? 0)}
            problems={problems}
          >
            <option value="0">{t("joinAll")}</option>
            {run.sessions.map(({ position }) => (
              <option key={position} value={position}>
                {meant(position)}
              </option>
            ))}
          </SelectField>
        ) : null}
        <TextField name="url" label={t("joinUrl")} hint={t("joinUrlHint")} problems={problems} />
      </div>
      <CallFailure call={sending} />
      <p>
        <Button type="submit" variant="outline" isBusy={sending.isPending}>
          {t("joinSave")}
        </Button>
      </p>
    </Form>
  );
}
