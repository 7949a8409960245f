import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const dataEngineering: TopicContent = {
  slug: "data-engineering",
  name: "Data Engineering",
  summary: "Getting the right numbers to the right people, on time and in one piece.",
  courses: [
    {
      code: "DAT-120",
      slug: "sql-for-analysis",
      title: "SQL for Analysis",
      summary:
        "From a first SELECT to window functions in two days, with questions that somebody would really ask.",
      body: prose`
        Somewhere in your organisation there is a database that knows the answer, and a queue of
        people waiting for somebody else to ask it. After this course you can leave the queue.

        You work with the records of a fictitious ferry company: sailings, tickets, weather and
        complaints. The questions begin easily (which route carried the most cars in July?) and end
        with ones that spreadsheets cannot answer at all. We never teach a clause before there is a
        question that needs it, and every answer is checked against a second way of finding it,
        because a query that runs is not yet a query that is right.

        No experience is expected beyond some familiarity with tables. Analysts, product managers,
        journalists and scientists have all sat in this room and gone home dangerous.
      `,
      level: "beginner",
      days: 2,
      prerequisites: ["You have worked with spreadsheets"],
      outcomes: [
        "Join tables without losing or doubling rows",
        "Group, filter and compare over time",
        "Use window functions for ranks, gaps and running totals",
        "Recognise what NULL does to an answer",
        "Check a result before somebody acts on it",
      ],
      modules: [
        {
          title: "Asking",
          topics: ["SELECT and WHERE", "Sorting and limits", "Dates and times", "NULL"],
        },
        {
          title: "Combining",
          topics: [
            "Inner and outer joins",
            "Fan-out",
            "Set operations",
            "Common table expressions",
          ],
        },
        {
          title: "Summarising",
          topics: ["GROUP BY", "HAVING", "Conditional counts", "Percentiles"],
        },
        {
          title: "Windows",
          topics: ["Ranks", "Running totals", "Comparing with last year", "Gaps and islands"],
        },
      ],
      keywords: ["SQL", "analytics", "reporting", "window functions", "queries"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr", "de"],
      related: ["DBS-110", "DAT-230", "AIM-110"],
      alsoIn: ["databases"],
      pounds: 990,
    },
    {
      code: "DAT-210",
      slug: "data-pipelines-with-python",
      title: "Data Pipelines with Python",
      summary:
        "Build pipelines that can be run twice, resumed after a crash, and explained to the person who inherits them.",
      body: prose`
        A script that moves data becomes a pipeline on the day it fails while you are on holiday. This
        course starts there. You are handed a working script of two hundred lines, and over three days
        you turn it into something that a team can own.

        The tools are ordinary: Python, files in columnar formats, a warehouse and an orchestrator.
        The habits matter more. You learn to make each step repeatable, to separate what arrived from
        what you made of it, to handle records that are late or wrong, and to load four years of
        history without stopping today's run. On the last afternoon we sabotage the sources, and you
        find out which of your alarms were worth having.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Everyday Python", "SQL at the level of DAT-120"],
      outcomes: [
        "Structure a pipeline so that any step can be run again safely",
        "Load incrementally, with late and changed records",
        "Choose file formats and partitions for the questions asked",
        "Schedule, retry and backfill with an orchestrator",
        "Alert on data that is missing, late or strange",
      ],
      modules: [
        {
          title: "From script to pipeline",
          topics: ["Idempotent steps", "Raw and derived layers", "Configuration", "Tests"],
        },
        {
          title: "Sources",
          topics: ["APIs with pages and limits", "Change data capture", "Files", "Late records"],
        },
        {
          title: "Storage",
          topics: ["Columnar formats", "Partitions", "Compaction", "Schema changes"],
        },
        {
          title: "Orchestration",
          topics: ["Graphs of tasks", "Retries", "Backfills", "Lineage"],
        },
        {
          title: "The sabotage",
          topics: ["Freshness", "Volume", "Quarantine", "Writing to your users"],
        },
      ],
      keywords: ["Python", "ETL", "data pipelines", "orchestration", "Parquet"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb"],
      related: ["DAT-120", "DAT-250", "LNG-110"],
      pounds: 1790,
    },
    {
      code: "DAT-230",
      slug: "analytics-engineering",
      title: "Analytics Engineering",
      summary:
        "Dimensional models, tested transformations and one definition of revenue, kept in version control where everybody can read it.",
      body: prose`
        Two dashboards, two figures for last month's revenue, one embarrassed meeting. Analytics
        engineering is the craft that prevents it: transformations written as code, tested, documented
        and shared.

        You take the raw tables of a subscription business and shape them into facts and dimensions
        that hold still when the source does not. Each morning there is a lecture of an hour and a
        design argument of another; the rest is building. You will write the same model badly first,
        because the reasons for the good one are easier to remember that way.

        Analysts with solid SQL and data engineers who want to know what happens downstream profit
        equally, and it works best when both are in the room.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Confident SQL, including window functions", "Basic Git"],
      outcomes: [
        "Design facts and dimensions around business questions",
        "Keep history with slowly changing dimensions",
        "Test assumptions about data next to the code that needs them",
        "Define metrics once and use them everywhere",
        "Document a model that analysts enjoy using",
      ],
      modules: [
        {
          title: "Modelling",
          topics: ["Grain", "Facts and dimensions", "Keys", "History"],
        },
        {
          title: "Transformations as code",
          topics: ["Layers and names", "Incremental models", "Macros, sparingly", "Review"],
        },
        {
          title: "Trust",
          topics: ["Tests on data", "Freshness", "Reconciling with finance", "Documentation"],
        },
        {
          title: "The last mile",
          topics: ["A semantic layer", "Metrics", "Access", "Retiring a dashboard"],
        },
      ],
      keywords: ["data warehouse", "dimensional modelling", "dbt", "metrics", "SQL"],
      deliveryModes: ["classroom", "virtual", "blended"],
      languages: ["en", "de"],
      related: ["DAT-120", "DAT-250", "DBS-230"],
      pounds: 1690,
    },
    {
      code: "DAT-250",
      slug: "data-contracts",
      title: "Data Quality and Data Contracts",
      summary:
        "Agree on what a table promises, check the promise automatically, and find out who broke it before the board does.",
      body: prose`
        Bad data is seldom an accident of storage. Somebody renamed a field, changed a unit or
        stopped filling in a form, and had no way of knowing who depended on it. A data contract is a
        short agreement that makes the dependency visible, and this one-day workshop is about writing
        good ones and enforcing them with as little ceremony as possible.

        You will work in pairs of producer and consumer and negotiate a contract for a real table from
        your own company if you can bring one. Then you put it into a build, break it from the
        producer's side, and watch where the message arrives. We spend the last hour on the social
        half of the problem: who answers when a check fails on a Friday.
      `,
      level: "intermediate",
      days: 1,
      prerequisites: ["You publish or use data that crosses a team boundary"],
      outcomes: [
        "Write a contract with schema, meaning, freshness and an owner",
        "Tell checks that should stop a pipeline from checks that should warn",
        "Enforce a contract in the producer's build",
        "Evolve a schema without surprising anybody",
      ],
      modules: [
        {
          title: "What is promised",
          topics: ["Schema and semantics", "Freshness and volume", "Ownership"],
        },
        {
          title: "Enforcing it",
          topics: ["Checks in the producer's build", "Quarantine", "Severity", "Versioning"],
        },
        {
          title: "Living with it",
          topics: ["Negotiation", "Incidents in data", "Measuring trust"],
        },
      ],
      keywords: ["data quality", "data contracts", "governance", "schema evolution"],
      deliveryModes: ["virtual", "classroom"],
      languages: ["en"],
      related: ["DAT-210", "DAT-230", "ARC-230"],
      pounds: 590,
    },
    {
      code: "DAT-310",
      slug: "streaming-with-kafka",
      title: "Streaming Data with Apache Kafka",
      summary:
        "Logs, partitions, offsets and windows: how streaming really behaves, and how to operate it when it behaves badly.",
      body: prose`
        Kafka rewards people who understand its one idea, the partitioned log, and punishes everybody
        else slowly. We give the idea a full morning. After that the rest (consumer groups,
        rebalances, compaction, transactions) follows, and you will predict behaviour before you
        see it.

        The running example is an energy grid: forty thousand meters, a reading every ten seconds, and
        a price that changes by the quarter-hour. You write producers and consumers, join streams with
        tables, deal with readings that arrive an hour late, and calculate bills that are right to the
        penny after a broker has been pulled out in the middle.

        The third day belongs to operations: capacity, retention, upgrades, and the half-dozen metrics
        that tell you a cluster is unwell before its users do.
      `,
      level: "advanced",
      days: 3,
      prerequisites: [
        "Two years of programming in Java, Kotlin, Go or Python",
        "You have met message queues before",
      ],
      outcomes: [
        "Choose keys and partitions for order and for balance",
        "Explain what exactly-once means, and what it does not cover",
        "Process late and out-of-order events with windows and watermarks",
        "Evolve event schemas with a registry",
        "Size, watch and upgrade a cluster",
      ],
      modules: [
        {
          title: "The log",
          topics: ["Partitions and offsets", "Replication", "Retention and compaction"],
        },
        {
          title: "Producers and consumers",
          topics: ["Acknowledgements", "Groups and rebalances", "Back-pressure", "Transactions"],
        },
        {
          title: "Processing streams",
          topics: ["Streams and tables", "Windows", "Watermarks", "State and its recovery"],
        },
        {
          title: "Schemas",
          topics: ["Registries", "Compatibility", "Events that age well"],
        },
        {
          title: "Operations",
          topics: ["Capacity", "Metrics", "Upgrades", "Disaster"],
        },
      ],
      keywords: ["Apache Kafka", "streaming", "event streams", "stream processing", "real time"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "tr"],
      related: ["CLD-260", "ARC-310", "DAT-330"],
      pounds: 2190,
    },
    {
      code: "DAT-330",
      slug: "lakehouse-design",
      title: "Lakehouse Design",
      summary:
        "Open table formats, catalogues and query engines: how to keep petabytes in cheap files and still have transactions, history and privacy.",
      body: prose`
        Open table formats have made it possible to treat a bucket of files as a database, provided
        that somebody thinks about metadata, compaction and access first. This course is for the
        person who has to do that thinking: the data architect or senior engineer whose decisions will
        be lived with for ten years.

        We open the formats up. You will read a manifest by hand, watch two writers collide, travel
        back to last Tuesday's table, and erase one person from four years of history because they
        asked. Then we design: small groups take one of three briefs (a hospital, an online retailer,
        a national statistics office) and present a layout, a cost and a plan for the first year. The
        other groups are encouraged to be unkind.
      `,
      level: "advanced",
      days: 2,
      prerequisites: ["Three years with data platforms", "DAT-210 or equal experience"],
      outcomes: [
        "Describe how open table formats give transactions over plain files",
        "Lay out partitions, sorting and compaction for known queries",
        "Choose a catalogue and query engines without marrying them",
        "Implement erasure and row-level access on files",
        "Compare total cost with a warehouse, honestly",
      ],
      modules: [
        {
          title: "Inside a table format",
          topics: ["Manifests and snapshots", "Concurrent writers", "Time travel", "Deletes"],
        },
        {
          title: "Layout",
          topics: ["Partitions", "Sorting and statistics", "Compaction", "Small files"],
        },
        {
          title: "Governance",
          topics: ["Catalogues", "Access", "Erasure", "Lineage"],
        },
        {
          title: "Design clinic",
          topics: ["Three briefs", "Costs", "Migration", "Defence"],
        },
      ],
      keywords: ["lakehouse", "Apache Iceberg", "Delta Lake", "data lake", "object storage"],
      deliveryModes: ["classroom"],
      languages: ["en"],
      related: ["DAT-310", "DAT-230", "CLD-310"],
      pounds: 1590,
    },
  ],
};
