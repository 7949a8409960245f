import { newIdempotencyKey } from "@lectern/client";
import type { CourseForEditingSummary } from "@lectern/contract/course-editing";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useApi, useClient } from "../../../data/api.ts";
import { ChoiceField } from "../../../editing/editing-field.tsx";
import type { BulkAction } from "../../../office/bulk-dialog.tsx";
import { useMay } from "../../../office/office-me.ts";

type Item = CourseForEditingSummary;

/** The contract's limit. */
const TOPICS_MAX = 20;

/** What can be done with many courses at once, by whoever may. Each is a call of its own, and refused by itself. */
export function useBulkActions(): readonly BulkAction<Item>[] {
  const t = useTranslations("officeCourses");
  const may = useMay();
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  const topic = useTopicChoice();
  const onSettled = () => void queryClient.invalidateQueries(api.courses.pathFilter());
  const move = ({ id, version }: Item) => ({ id, version, idempotencyKey: newIdempotencyKey() });
  const moves: BulkAction<Item>[] = [
    {
      id: "publish",
      words: t("do_publish"),
      title: (count) => t("bulkPublish", { count }),
      refusal: ({ status, missing }) => {
        if (status === "published") return t("isPublished");
        if (missing.length === 0) return undefined;
        return t("isIncomplete", {
          missing: missing.map((check) => t(`check_${check}`)).join(" · "),
        });
      },
      run: (item) => client.courses.publish.mutate(move(item)),
      done: (count) => t("bulkPublished", { count }),
      onSettled,
    },
    {
      id: "retire",
      words: t("do_retire"),
      title: (count) => t("bulkRetire", { count }),
      refusal: ({ status, upcomingRuns }) => {
        if (status !== "published") return t("isNotPublished");
        return upcomingRuns === 0 ? undefined : t("retireRuns", { count: upcomingRuns });
      },
      run: (item) => client.courses.retire.mutate(move(item)),
      done: (count) => t("bulkRetired", { count }),
      onSettled,
      isDangerous: true,
    },
  ];
  const addTopic: BulkAction<Item> = {
    id: "topic",
    words: t("bulkTopic"),
    title: (count) => t("bulkTopicAsk", { count }),
    preview: (items) => topic.preview(items),
    refusal: ({ topics }) => {
      if (topics.length >= TOPICS_MAX) return t("topicsFull");
      return topics.some(({ slug }) => slug === topic.slug) ? t("topicThere") : undefined;
    },
    run: (item) =>
      client.courses.update.mutate({
        ...move(item),
        changes: { topics: [...item.topics.map(({ slug }) => slug), topic.slug] },
        note: t("bulkTopicNote", { topic: topic.name }),
      }),
    done: (count) => t("bulkTopicDone", { count, topic: topic.name }),
    onSettled,
  };
  return [
    ...(may("courses.publish") ? moves : []),
    ...(may("courses.write") && topic.slug !== "" ? [addTopic] : []),
  ];
}

/** Which topic courses are to get, and a field to choose it. */
function useTopicChoice() {
  const t = useTranslations("officeCourses");
  const topics = useQuery(useApi().courses.topics.queryOptions()).data?.topics ?? [];
  const [chosen, setChosen] = useState<string>();
  const topic = topics.find(({ slug }) => slug === chosen) ?? topics[0];
  const slug = topic?.slug ?? "";
  return {
    slug,
    name: topic?.name ?? "",
    preview: (items: readonly Item[]) => (
      <>
        <ChoiceField label={t("addTopic")} value={slug} onChange={setChosen}>
          {topics.map((one) => (
            <option key={one.slug} value={one.slug}>
              {one.name}
            </option>
          ))}
        </ChoiceField>
        <ul>
          {items.slice(0, 8).map(({ id, title, topics: now }) => (
            <li key={id}>
              {t("topicPreview", {
                title,
                topics: [...now.map(({ name }) => name), topic?.name ?? ""].join(", "),
              })}
            </li>
          ))}
        </ul>
        {items.length <= 8 ? null : <p>{t("andMore", { count: items.length - 8 })}</p>}
      </>
    ),
  };
}
