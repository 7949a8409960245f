import type { PersonDetail } from "@lectern/contract/people";
import { useParams, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import type { Action } from "../../../office/actions-menu.tsx";
import { useCommands } from "../../../office/commands.tsx";
import { useMay, useOfficeMe } from "../../../office/office-me.ts";
import { RecordPage, type RecordTab } from "../../../office/record-page.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { BookingsOf } from "../bookings/bookings-of.tsx";
import { useHeldWords } from "../people/use-role-words.ts";
import { EraseDialog } from "./erase-dialog.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { InstructorDialog } from "./instructor-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { PersonSide } from "./person-side.tsx";
import { RolesTab } from "./roles-tab.tsx";
import { SignOutDialog } from "./sign-out-dialog.tsx";
import { SuspendDialog } from "./suspend-dialog.tsx";
import { usePerson, usePersonChanged } from "./use-person.ts";
import "./office-person.css";

/** Somebody with an account: who they are, what they may do, and all that can be done with their account. */
export function OfficePersonPage() {
  const { id } = useParams({ from: "/office/people/$id" });
  // Somebody else is another page, though its address begins alike.
  return <One key={id} id={id} />;
}

function One({ id }: { id: string }) {
  return <Loaded query={usePerson(id)}>{(person) => <Person person={person} />}</Loaded>;
}

type Open = "suspend" | "signOut" | "instructor" | "merge" | "erase";

function Person({ person }: { person: PersonDetail }) {
  const t = useTranslations("officePeople");
  const router = useRouter();
  const { heldOf } = useHeldWords();
  const [open, setOpen] = useState<Open>();
  const { restore, isRestoring } = useRestore(person);
  const menu = useMenu(person, setOpen);
  useCommands(menu);
  const may = useMay();
  const close = () => setOpen(undefined);
  const about = { person, onClose: close };
  return (
    <>
      <RecordPage
        title={person.name}
        back={{ href: "/office/people", words: t("toList") }}
        badge={
          person.isSuspended ? (
            <StateBadge tone="bad">{t("state_suspended")}</StateBadge>
          ) : undefined
        }
        facts={
          <>
            <a href={`mailto:${person.email}`}>{person.email}</a>
            {person.roles.slice(0, 4).map((held) => (
              <span key={held.assignmentId}>{heldOf(held)}</span>
            ))}
          </>
        }
        actions={
          person.isSuspended && may("people.write") ? (
            <Button isBusy={isRestoring} onClick={restore}>
              {t("restore")}
            </Button>
          ) : undefined
        }
        menu={menu}
        tabs={useTabs(person)}
        side={<PersonSide person={person} onInstructor={() => setOpen("instructor")} />}
      />
      {open === "suspend" ? <SuspendDialog {...about} /> : null}
      {open === "signOut" ? <SignOutDialog {...about} /> : null}
      {open === "instructor" ? <InstructorDialog {...about} /> : null}
      {open === "merge" ? (
        <MergeDialog
          {...about}
          onMerged={(id) => void router.navigate({ href: `/office/people/${id}` })}
        />
      ) : null}
      {open === "erase" ? (
        <EraseDialog {...about} onErased={() => void router.navigate({ href: "/office/people" })} />
      ) : null}
    </>
  );
}

function useRestore({ id, name }: PersonDetail) {
  const t = useTranslations("officePeople");
  const undo = useUndo();
  const changed = usePersonChanged();
  const words = useAccountWords();
  const restoring = useCall(useApi().people.restore.mutationOptions());
  function restore(): void {
    const wish = { id };
    restoring.mutate(
      { ...wish, idempotencyKey: restoring.keyOf(wish) },
      {
        onSuccess: () => undo.say(t("restored", { name })),
        onError: (error) => undo.alert(words(error)),
        onSettled: changed,
      },
    );
  }
  return { restore, isRestoring: restoring.isPending };
}

function useMenu(person: PersonDetail, open: (what: Open) => void): Action[] {
  const t = useTranslations("officePeople");
  const may = useMay();
  const me = useOfficeMe();
  const isOneself = person.id === me.id;
  const menu: (Action | false)[] = [
    may("people.write") && { id: "signOut", words: t("signOut"), run: () => open("signOut") },
    may("people.write") && {
      id: "instructor",
      words: t("instructorLink"),
      run: () => open("instructor"),
    },
    may("people.merge") &&
      !person.isSuspended && { id: "merge", words: t("merge"), run: () => open("merge") },
    may("people.write") &&
      !isOneself &&
      !person.isSuspended && {
        id: "suspend",
        words: t("suspend"),
        isDangerous: true,
        run: () => open("suspend"),
      },
    may("privacy.write") &&
      !isOneself && {
        id: "erase",
        words: t("erase"),
        isDangerous: true,
        run: () => open("erase"),
      },
  ];
  return menu.filter((action) => action !== false);
}

function useTabs(person: PersonDetail): RecordTab[] {
  const t = useTranslations("officePeople");
  const may = useMay();
  const { id, roles, bookings } = person;
  const tabs: (RecordTab | false)[] = [
    {
      id: "roles",
      words: t("roles"),
      count: roles.length,
      content: () => <RolesTab person={person} />,
    },
    may("bookings.read.any") && {
      id: "bookings",
      words: t("bookings"),
      count: bookings,
      content: () => <BookingsOf of={{ person: id }} />,
    },
    may("audit.read") && {
      id: "history",
      words: t("history"),
      content: () => <HistoryTab person={person} />,
    },
  ];
  return tabs.filter((tab) => tab !== false);
}
