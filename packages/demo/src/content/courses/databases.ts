import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const databases: TopicContent = {
  slug: "databases",
  name: "Databases",
  summary:
    "Keeping what matters: correct under concurrency, quick under load, there after a crash.",
  courses: [
    {
      code: "DBS-110",
      slug: "relational-databases",
      title: "Relational Databases: First Principles",
      summary:
        "Tables, keys, constraints and transactions, from the ideas of 1970 to a schema that you would trust with your own money.",
      body: prose`
        The relational model is one of the few ideas in computing that has outlived everything sold to
        replace it. It can be explained in an hour and appreciated for a career. We take two days.

        You design the database of a lending library, first in spreadsheets, where it goes wrong
        in ways you will recognise, and then in tables. Every rule that the librarian mentions becomes
        something that the database itself enforces: a book is lent to one reader at a time, a fine
        is never negative, a branch cannot close while books are out. Finally two people try to borrow
        the same book at the same moment, and you find out what a transaction is for.

        A good first step for future developers, analysts and administrators alike.
      `,
      level: "beginner",
      days: 2,
      prerequisites: ["Comfort with spreadsheets"],
      outcomes: [
        "Turn a description of a business into tables and keys",
        "Normalise a design, and say when to stop",
        "Let constraints guard every rule that they can",
        "Write everyday SQL to read and change data",
        "Explain what a transaction promises",
      ],
      modules: [
        {
          title: "Why not a spreadsheet?",
          topics: ["Redundancy", "Anomalies", "The relational idea"],
        },
        {
          title: "Design",
          topics: ["Entities and keys", "Relationships", "Normal forms", "Naming"],
        },
        {
          title: "SQL",
          topics: ["Reading", "Changing", "Joining", "Views"],
        },
        {
          title: "Guarding the truth",
          topics: ["Constraints", "Transactions", "Two readers, one book", "Backups"],
        },
      ],
      keywords: ["relational model", "SQL", "normalisation", "database design"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr"],
      related: ["DAT-120", "DBS-210", "DBS-230"],
      pounds: 990,
    },
    {
      code: "DBS-210",
      slug: "postgresql-for-developers",
      title: "PostgreSQL for Developers",
      summary:
        "Everything between your code and the disk: types, indexes, locks, plans and the features that save you another service.",
      body: prose`
        Many applications use PostgreSQL as a place to put objects. It is a good deal more: a queue, a
        search engine, a scheduler's referee and a very patient colleague who will refuse your
        mistakes. This course introduces you properly.

        The example is a clinic's appointment book, and it is full of traps. Two patients must never
        have the same doctor at once, which turns out to be a constraint of one line. Times must be
        right in three zones. Search must forgive spelling. A report must not block the reception.
        For each you learn the feature, then what it costs, by reading plans and watching locks.

        Three days, much of it at the keyboard, with a server of your own that you are encouraged to
        overload.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["A year of writing SQL in applications"],
      outcomes: [
        "Use ranges, arrays, JSON and full-text search where they fit",
        "Read a query plan from the inside out",
        "Pick the right index and notice the useless one",
        "Understand isolation levels, locks and deadlocks",
        "Put rules into constraints that hold under concurrency",
      ],
      modules: [
        {
          title: "Types that help",
          topics: ["Times and zones", "Ranges and exclusion", "JSON", "Generated columns"],
        },
        {
          title: "Plans and indexes",
          topics: ["Reading EXPLAIN", "B-trees", "GIN and GiST", "Partial and covering indexes"],
        },
        {
          title: "Concurrency",
          topics: ["Snapshots", "Row locks", "Deadlocks", "Retrying"],
        },
        {
          title: "More than tables",
          topics: ["Search", "Queues with SKIP LOCKED", "LISTEN and NOTIFY", "Bulk loading"],
        },
      ],
      keywords: ["PostgreSQL", "Postgres", "SQL", "indexes", "locks", "JSON"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "tr", "de"],
      related: ["DBS-310", "DBS-250", "DBS-110"],
      pounds: 1690,
    },
    {
      code: "DBS-230",
      slug: "data-modelling-that-lasts",
      title: "Data Modelling That Lasts",
      summary:
        "Model time, money, people and change so that next year's requirement is a new row rather than a new schema.",
      body: prose`
        Programs are rewritten; their data stays. A table designed on a Tuesday afternoon may well
        outlive the framework, the team and the company. It deserves two days of thought.

        We collect the subjects that every business has and every schema gets wrong at least once:
        addresses and names, prices that change, things that were true from one date to another,
        categories that overlap, the same customer twice. For each there are known patterns with known
        costs. You apply them to a model of your own and have it reviewed, twice, by people from
        entirely different trades. They ask the questions that your colleagues no longer hear.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["DBS-110 or experience with a relational schema"],
      outcomes: [
        "Model history with valid time and transaction time",
        "Represent money, quantities and units without loss",
        "Handle identity, duplicates and merging",
        "Choose between columns, rows and JSON for variation",
        "Document a model so that newcomers understand it",
      ],
      modules: [
        {
          title: "Things and names",
          topics: ["Identity and keys", "People and addresses", "Duplicates", "Hierarchies"],
        },
        {
          title: "Time",
          topics: ["Valid and recorded time", "Calendars and zones", "Events and states"],
        },
        {
          title: "Money and measure",
          topics: ["Prices and their history", "Rounding", "Units", "Ledgers"],
        },
        {
          title: "Change",
          topics: ["Variation", "Soft deletes, reconsidered", "Erasure", "Review"],
        },
      ],
      keywords: ["data modelling", "temporal data", "schema design", "ledgers"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["ARC-230", "DAT-230", "DBS-250"],
      pounds: 1290,
    },
    {
      code: "DBS-250",
      slug: "migrations-without-downtime",
      title: "Migrations Without Downtime",
      summary:
        "Rename a column, split a table and change a key on a busy system, in small steps that can each be undone.",
      body: prose`
        There is a kind of change that teams put off for years because it would need a window. Nearly
        all of these can be made on a Wednesday morning, in several small steps, while customers keep
        ordering. This one-day course is a drill in those steps.

        A load generator runs against your database all day and counts errors. You add a column that
        may not be null, rename another, split a table in two, change a key from a number to an
        identifier, and move eighty million rows to a new layout. The counter is projected on the wall.
        Lunch is earned at zero.
      `,
      level: "intermediate",
      days: 1,
      prerequisites: ["SQL and some experience with schema migrations"],
      outcomes: [
        "Break any schema change into expand, migrate and contract",
        "Know which statements lock what, and for how long",
        "Backfill large tables gently and resumably",
        "Keep old and new code running side by side",
        "Plan the way back before setting out",
      ],
      modules: [
        {
          title: "Locks and rewrites",
          topics: ["What ALTER TABLE does", "Lock queues", "Time-outs", "Concurrent indexes"],
        },
        {
          title: "Expand and contract",
          topics: ["Adding and renaming", "Splitting", "Changing keys", "Two versions of code"],
        },
        {
          title: "Moving data",
          topics: ["Backfills", "Triggers and dual writes", "Verification", "Rollback"],
        },
      ],
      keywords: ["schema migration", "zero downtime", "PostgreSQL", "deployment"],
      deliveryModes: ["virtual", "classroom", "self_paced"],
      languages: ["en", "nb"],
      related: ["OPS-230", "DBS-210", "WEB-320"],
      alsoIn: ["devops"],
      pounds: 590,
    },
    {
      code: "DBS-310",
      slug: "postgresql-performance",
      title: "PostgreSQL Performance",
      summary:
        "Find out why it is slow, from the planner's estimates down to the page, and make it quick with the smallest change that works.",
      body: prose`
        Performance work goes wrong in a familiar way: somebody changes four settings, adds an index,
        restarts, and it is better, and nobody knows why. Three months later it is worse, and nobody
        knows why either. The remedy is to know what the machine is doing.

        On the first day you learn to see: statistics views, wait events, plans with buffers, the
        difference between slow and waiting. On the second you change queries, indexes and table
        layout for a database of two hundred gigabytes that behaves like one from real life. The
        third is for the system underneath: memory, checkpoints, vacuum, connections, partitions.

        Every claim is measured, on both sides of the change, with the noise stated. You will come away
        with a method and a small kit of queries, and with a mistrust of blog posts, ours included.
      `,
      level: "advanced",
      days: 3,
      prerequisites: ["DBS-210 or equal experience", "You have a slow query of your own"],
      outcomes: [
        "Locate the bottleneck before changing anything",
        "Explain a bad estimate and correct it",
        "Design indexes for a workload instead of a query",
        "Tune vacuum, checkpoints and memory with evidence",
        "Decide when to partition, and when to archive",
      ],
      modules: [
        {
          title: "Seeing",
          topics: ["Statement statistics", "Wait events", "Plans with buffers", "Measuring fairly"],
        },
        {
          title: "Planner",
          topics: ["Statistics", "Join orders", "Generic and custom plans", "Rewriting queries"],
        },
        {
          title: "Storage",
          topics: ["Heap and visibility", "Index internals", "Bloat", "Vacuum"],
        },
        {
          title: "System",
          topics: ["Memory", "Checkpoints and WAL", "Connections and poolers", "Partitions"],
        },
      ],
      keywords: ["PostgreSQL", "performance tuning", "query optimisation", "EXPLAIN", "vacuum"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["DBS-210", "DBS-330", "LNG-330"],
      pounds: 2090,
    },
    {
      code: "DBS-330",
      slug: "postgresql-operations",
      title: "PostgreSQL Operations and High Availability",
      summary:
        "Backups that restore, replicas that agree, failovers that happen by themselves, and upgrades that nobody notices.",
      body: prose`
        An untested backup is a rumour. On the first afternoon of this course you delete a production
        database, on purpose, with everybody watching, and bring it back to the second before you did
        it. After that the mood improves.

        You run a three-node cluster for the rest of the time. It loses its leader, its network, its
        disk and, once, its clock. You learn what synchronous replication really promises, how
        automatic failover decides, and why two leaders are so much worse than none. There is a
        major-version upgrade with the load still on, and a long look at the quiet dangers:
        transaction identifiers, collations, extensions, and the one person who knows the password.
      `,
      level: "advanced",
      days: 3,
      prerequisites: ["A year of running PostgreSQL", "Linux administration"],
      outcomes: [
        "Set up backups with point-in-time recovery, and prove them",
        "Operate physical and logical replication",
        "Run automatic failover and avoid split brain",
        "Upgrade major versions with minimal interruption",
        "Monitor the handful of things that end careers",
      ],
      modules: [
        {
          title: "Backups",
          topics: [
            "Base backups and WAL",
            "Point-in-time recovery",
            "Restore drills",
            "Encryption",
          ],
        },
        {
          title: "Replication",
          topics: ["Streaming", "Synchronous commit", "Logical replication", "Lag"],
        },
        {
          title: "Failover",
          topics: ["Consensus", "Fencing", "Clients and pools", "Failing back"],
        },
        {
          title: "Change and decay",
          topics: ["Upgrades", "Wraparound", "Collations", "Security"],
        },
      ],
      keywords: ["PostgreSQL", "replication", "high availability", "backup", "Patroni"],
      deliveryModes: ["classroom"],
      languages: ["en", "nb"],
      related: ["DBS-310", "CLD-330", "OPS-320"],
      pounds: 2190,
    },
  ],
};
