import type { Me } from "@lectern/contract/accounts";
import { Link, useMatches } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { AccountMenu } from "../account/account-menu.tsx";
import { SignedIn } from "../account/signed-in.tsx";
import { useMe } from "../account/use-me.ts";
import { Wordmark } from "../components/wordmark.tsx";
import { OfficeWords } from "../messages/office-words.tsx";
import { CommandsProvider } from "./commands.tsx";
import { isStaff, may } from "./may.ts";
import { NoPermission, NotStaff } from "./no-permission.tsx";
import { OfficeMeProvider } from "./office-me.ts";
import { OfficeNavigation } from "./office-navigation.tsx";
import { needsAt } from "./pages.ts";
import { Palette } from "./palette.tsx";
import { ShortcutsProvider } from "./shortcuts-provider.tsx";
import { UndoProvider } from "./undo.tsx";
import "./office-frame.css";

/**
 * What stands around every page of the back office: the pages that somebody may see, the command palette, shortcuts
 * and what can be undone. Until it is known who looks, it is the same for everybody, and empty.
 */
export function OfficeFrame({ children }: { children: ReactNode }) {
  return (
    <OfficeWords>
      <ShortcutsProvider>
        <CommandsProvider>
          <UndoProvider>
            <Frame>{children}</Frame>
          </UndoProvider>
        </CommandsProvider>
      </ShortcutsProvider>
    </OfficeWords>
  );
}

/** @returns who is signed in, if they work for the academy and need show nothing more */
function useStaff(): Me | undefined {
  const me = useMe().data?.me;
  if (me == null || me.mustShowSecondFactor || me.mustSetUpSecondFactor) return undefined;
  return isStaff(me) ? me : undefined;
}

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations("office");
  const staff = useStaff();
  return (
    <div className="office-frame">
      <header className="office-frame-head">
        <Link to="/office/today" className="office-frame-home" aria-label={t("home")}>
          <Wordmark />
        </Link>
        {staff === undefined ? null : (
          <OfficeMeProvider value={staff}>
            <Palette />
          </OfficeMeProvider>
        )}
        <div className="office-frame-account">
          <AccountMenu />
        </div>
      </header>
      {staff === undefined ? null : (
        <OfficeMeProvider value={staff}>
          <OfficeNavigation />
        </OfficeMeProvider>
      )}
      <main id="main" className="office-frame-main" tabIndex={-1}>
        <SignedIn>{(me) => <Allowed me={me}>{children}</Allowed>}</SignedIn>
      </main>
    </div>
  );
}

/** The page, to who may see it. */
function Allowed({ me, children }: { me: Me; children: ReactNode }) {
  // Of what is shown, not of where somebody is going: until that is there, what they may not see is still below.
  const needs = useMatches({ select: (matches) => needsAt(matches.at(-1)?.pathname ?? "") });
  if (!isStaff(me)) return <NotStaff />;
  return (
    <OfficeMeProvider value={me}>
      {needs !== undefined && !may(me, needs) ? <NoPermission permission={needs} /> : children}
    </OfficeMeProvider>
  );
}
