import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountFrame } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { ProfileForm } from "./profile-form.tsx";
import { Roles } from "./roles.tsx";
import "./page.css";

export function ProfilePage() {
  return (
    <AccountFrame title="profile">
      {(me) => (
        <>
          <Profile />
          {me.roles.length === 0 ? null : <Roles roles={me.roles} />}
        </>
      )}
    </AccountFrame>
  );
}

function Profile() {
  const t = useTranslations("profile");
  const details = useQuery(useApi().account.details.queryOptions(undefined, { staleTime: 0 }));
  const { error, isFetchedAfterMount, refetch } = details;
  // A form keeps what it begins with: not what was there when this page was shown before.
  const begin = { data: isFetchedAfterMount ? details.data : undefined, error, refetch };
  // Another form begins with what is there by then.
  const [form, setForm] = useState(0);
  return (
    <section className="profile-details" aria-label={t("details")}>
      <Loaded query={begin}>
        {(account) => (
          <ProfileForm
            key={form}
            account={account}
            onReload={async () => {
              await refetch();
              setForm(form + 1);
            }}
          />
        )}
      </Loaded>
    </section>
  );
}
