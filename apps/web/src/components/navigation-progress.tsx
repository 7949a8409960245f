import { useRouterState } from "@tanstack/react-router";
import "./navigation-progress.css";

/** A hairline at the top while the next page is on its way. What is said aloud is the new page's title. */
export function NavigationProgress() {
  const isLoading = useRouterState({ select: (state) => state.isLoading });
  return <div className="navigation-progress" data-loading={isLoading} aria-hidden="true" />;
}
