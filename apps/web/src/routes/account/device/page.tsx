import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { SignedIn } from "../../../account/signed-in.tsx";
import { useApi } from "../../../data/api.ts";
import { AccountWords } from "../../../messages/account-words.tsx";
import { isLecternError } from "@lectern/client";
import { CodeForm } from "./code-form.tsx";
import { Decide } from "./decide.tsx";
import "./page.css";

const route = getRouteApi("/device");

export function DevicePage() {
  return (
    <AccountWords>
      <SignedIn>{() => <Device />}</SignedIn>
    </AccountWords>
  );
}

/** Asks for the code that a program shows, or takes the one of the address. Opening it lets nobody in. */
function Device() {
  const t = useTranslations("device");
  const { code } = route.useSearch();
  const navigate = useNavigate();
  const [decided, setDecided] = useState<"approved" | "denied">();
  if (decided !== undefined) {
    return <EntryFrame title={t(`heading_${decided}`)} lede={t(`words_${decided}`)} />;
  }
  if (code === undefined) {
    return (
      <EntryFrame title={t("heading")} lede={t("words")}>
        <CodeForm
          onCode={(typed) => void navigate({ to: "/device", search: { code: typed } })}
          isWrong={false}
        />
      </EntryFrame>
    );
  }
  return <Described key={code} code={code} onDecided={setDecided} />;
}

interface DescribedProps {
  readonly code: string;
  readonly onDecided: (state: "approved" | "denied") => void;
}

function Described({ code, onDecided }: DescribedProps) {
  const t = useTranslations("device");
  const navigate = useNavigate();
  const described = useQuery(
    useApi().devices.describe.queryOptions({ userCode: code }, { staleTime: 0, gcTime: 0 }),
  );
  if (isLecternError(described.error, "LinkNotUsable")) {
    return (
      <EntryFrame title={t("heading")} lede={t("words")}>
        <CodeForm
          onCode={(typed) => void navigate({ to: "/device", search: { code: typed } })}
          isWrong
        />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t("decideHeading")} lede={t("decideWords")}>
      <Loaded query={described}>
        {(program) => <Decide code={code} program={program} onDecided={onDecided} />}
      </Loaded>
    </EntryFrame>
  );
}
