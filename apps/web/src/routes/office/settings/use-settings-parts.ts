import { useRouter } from "@tanstack/react-router";
import { may } from "../../../office/may.ts";
import { useOfficeMe } from "../../../office/office-me.ts";
import { SETTINGS_PARTS, type SettingsPart } from "../../../office/pages.ts";

/** @returns the parts of the settings that there are and that who is signed in may see */
export function useSettingsParts(): readonly SettingsPart[] {
  const me = useOfficeMe();
  const routes: object = useRouter().routesByPath;
  return SETTINGS_PARTS.filter(
    ({ id, needs }) => Object.hasOwn(routes, `/office/settings/${id}`) && may(me, needs),
  ).map(({ id }) => id);
}
