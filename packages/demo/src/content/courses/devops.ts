import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const devops: TopicContent = {
  slug: "devops",
  name: "DevOps and Reliability",
  summary: "Shipping often, sleeping well, and knowing what the system is doing.",
  courses: [
    {
      code: "OPS-110",
      slug: "linux-and-the-command-line",
      title: "Linux and the Command Line",
      summary:
        "Two days at the prompt: files, processes, text and permissions, until the black window feels like home.",
      body: prose`
        Behind nearly every service that you use there is a Linux machine, and behind nearly every
        repair there is a person at a prompt. The prompt is less forbidding than it looks. It is a
        language with about thirty words, and you can have a conversation in it by the end of the first
        day.

        You are given a small server with a history: a full disk, a stuck program, a log of a hundred
        thousand lines with one interesting one, and a predecessor who left notes. Working through
        them teaches you to look before acting, to combine small tools, and to write the third
        repetition down as a script.

        Testers, analysts, support engineers and new developers will feel the benefit on their first
        day back.
      `,
      level: "beginner",
      days: 2,
      prerequisites: ["None; a laptop on which you may install software helps"],
      outcomes: [
        "Move around a system and find what you are looking for",
        "Filter and reshape text with pipes",
        "Inspect and control processes and services",
        "Understand users, groups and permissions",
        "Write a script that is safe to run twice",
      ],
      modules: [
        {
          title: "Finding your way",
          topics: ["Files and paths", "Reading manuals", "History and editing", "Finding things"],
        },
        {
          title: "Text",
          topics: ["Pipes", "grep and friends", "Sorting and counting", "Regular expressions"],
        },
        {
          title: "A living system",
          topics: ["Processes", "Services and logs", "Disks", "Permissions"],
        },
        {
          title: "Scripts",
          topics: ["Variables and quoting", "Loops", "Exit codes", "Scheduling"],
        },
      ],
      keywords: ["Linux", "shell", "bash", "command line", "administration"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr"],
      related: ["OPS-120", "OPS-210", "CLD-110"],
      pounds: 990,
    },
    {
      code: "OPS-120",
      slug: "git-in-a-team",
      title: "Git in a Team",
      summary:
        "One day to understand commits, branches and merges so well that you stop being afraid of them.",
      body: prose`
        Most people know seven Git commands and copy the folder before trying an eighth. It need not be
        so: underneath is a simple idea, and once you have drawn it on paper a few times the commands
        explain themselves.

        We draw in the morning. Commits, branches, the index, remotes, what a merge does and what a
        rebase does, all with pencil before keyboard. In the afternoon you work in groups of four on a
        shared repository that we have filled with conflicts, lost commits and a secret that must be
        removed. Nothing can be broken that we cannot mend together, and mending is what you are
        here to learn.
      `,
      level: "beginner",
      days: 1,
      prerequisites: ["You have made a commit at least once"],
      outcomes: [
        "Explain what a commit, a branch and a merge are",
        "Resolve a conflict without losing anybody's work",
        "Recover commits that seem to be gone",
        "Shape a change so that it is easy to review",
      ],
      modules: [
        {
          title: "The model",
          topics: ["Commits as snapshots", "Branches as names", "The index", "Remotes"],
        },
        {
          title: "Working together",
          topics: ["Merging and rebasing", "Conflicts", "Pull requests", "Good messages"],
        },
        {
          title: "Getting out of trouble",
          topics: ["The reflog", "Reverting", "Bisecting", "Removing a secret"],
        },
      ],
      keywords: ["Git", "version control", "branches", "pull requests"],
      deliveryModes: ["virtual", "classroom", "self_paced"],
      languages: ["en", "nb", "de"],
      related: ["OPS-230", "OPS-110"],
      pounds: 490,
    },
    {
      code: "OPS-210",
      slug: "containers-and-kubernetes",
      title: "Containers and Kubernetes",
      summary:
        "From a single image to a cluster that heals itself, with enough theory to debug it and enough scars to respect it.",
      body: prose`
        Kubernetes is a loop that compares what is with what you asked for, repeated in two hundred
        places. Seen that way it becomes learnable. Seen as two hundred kinds of YAML it does not.

        The first day is about containers alone: what the kernel does, what an image contains, why
        yours is too large. Then you get a cluster of your own for three days. You deploy a podcast
        platform of six services, expose it, give it storage, scale it and upgrade it. Each afternoon
        something fails, and you find out what by asking the cluster in the right order.

        On the last day we discuss when not to use it. A fair number of participants go home relieved.
      `,
      level: "intermediate",
      days: 4,
      prerequisites: ["OPS-110 or equal command of a shell", "You have deployed an application"],
      outcomes: [
        "Build small, reproducible and non-root images",
        "Explain the control loop and read any controller's behaviour",
        "Deploy, scale and upgrade services without downtime",
        "Set requests, limits and probes from measurements",
        "Debug scheduling, networking and storage in order",
      ],
      modules: [
        {
          title: "Containers",
          topics: ["Namespaces and cgroups", "Images and layers", "Registries", "Small and safe"],
        },
        {
          title: "Workloads",
          topics: ["Pods and deployments", "Probes", "Jobs", "Configuration and secrets"],
        },
        {
          title: "Connections and state",
          topics: ["Services and gateways", "Network policy", "Volumes", "Stateful workloads"],
        },
        {
          title: "Operating",
          topics: ["Requests and limits", "Autoscaling", "Upgrades", "Debugging in order"],
        },
        {
          title: "Judgement",
          topics: ["Packaging", "Access control", "Cost", "When not to"],
        },
      ],
      keywords: ["Kubernetes", "Docker", "containers", "orchestration", "cloud native"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "tr", "de"],
      related: ["OPS-230", "OPS-250", "CLD-220"],
      alsoIn: ["cloud"],
      pounds: 2190,
    },
    {
      code: "OPS-230",
      slug: "continuous-delivery",
      title: "Continuous Delivery",
      summary:
        "Shorten the way from a change to its users: fast builds, trunk-based work, safe releases and the courage to use them.",
      body: prose`
        Ask how long a one-line change takes to reach a customer. If the answer is measured in weeks,
        there is a course for that, and if it is measured in hours there are still a few minutes to be
        found.

        You bring a drawing of your own pipeline, and in the first hour we mark where changes wait. The
        rest of the two days goes into removing those waits on a practice system: a build of
        forty minutes brought down to four, tests that fail for one reason only, releases separated
        from deployments, database changes that never need a window. We also practise the human part,
        which is mostly small changes and quick review.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["You work on software that is built and released by a pipeline"],
      outcomes: [
        "Measure lead time, and find where changes wait",
        "Make a build fast, cached and reproducible",
        "Release with flags, canaries and quick rollback",
        "Ship database changes without downtime",
        "Introduce trunk-based work in a team that is wary of it",
      ],
      modules: [
        {
          title: "Where the time goes",
          topics: ["Value streams", "Four measures", "Batch size"],
        },
        {
          title: "The build",
          topics: ["Caching", "Parallel tests", "Flaky tests", "Reproducible artefacts"],
        },
        {
          title: "The release",
          topics: ["Flags", "Canaries", "Expand and contract", "Rollback and roll-forward"],
        },
        {
          title: "The team",
          topics: ["Small changes", "Trunk-based work", "Review in hours", "Compliance"],
        },
      ],
      keywords: ["CI/CD", "continuous delivery", "DevOps", "deployment", "feature flags"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb"],
      related: ["OPS-120", "DBS-250", "CLD-220"],
      pounds: 1290,
    },
    {
      code: "OPS-250",
      slug: "observability",
      title: "Observability with OpenTelemetry",
      summary:
        "Traces, metrics and logs that answer questions you did not think of beforehand, at a price you can live with.",
      body: prose`
        Dashboards show what you expected to go wrong. The interesting faults are the others, and for
        those you need a system that can be questioned.

        You instrument a ticket shop of five services in three languages with OpenTelemetry, and then
        we begin to misbehave. One customer in a thousand is charged twice. Checkout is slow, but
        only for large families. Something leaks. For each you form a question, ask it of the data, and
        find either the answer or a gap in what you recorded, which you then close.

        The second day includes the two subjects that most courses leave out: how to alert on what
        users feel, so that fewer people are woken, and how to sample, so that the telemetry does not
        cost more than the service.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["You have been on call or near it", "Everyday programming in any language"],
      outcomes: [
        "Instrument services with traces that cross boundaries",
        "Choose between a span, a metric and a log line",
        "Investigate from symptom to cause without guessing",
        "Alert on symptoms by way of objectives",
        "Control volume and cost with sampling",
      ],
      modules: [
        {
          title: "Signals",
          topics: ["Traces", "Metrics", "Logs", "Context propagation"],
        },
        {
          title: "Instrumenting",
          topics: ["Automatic and manual", "Attributes worth having", "Names", "Privacy"],
        },
        {
          title: "Investigating",
          topics: ["Forming a question", "High cardinality", "Exemplars", "Profiles"],
        },
        {
          title: "Living with it",
          topics: ["Objectives and alerts", "Sampling", "Cost", "A culture of looking"],
        },
      ],
      keywords: ["OpenTelemetry", "tracing", "metrics", "logging", "monitoring"],
      deliveryModes: ["virtual", "classroom"],
      languages: ["en"],
      related: ["OPS-320", "OPS-210", "WEB-240"],
      pounds: 1290,
    },
    {
      code: "OPS-320",
      slug: "site-reliability-engineering",
      title: "Site Reliability Engineering",
      summary:
        "Objectives, error budgets, load, capacity and incidents: run large systems with numbers, and treat the people who run them kindly.",
      body: prose`
        Reliability is a number that somebody chose, or else an argument that never ends. This course
        is about choosing the number, engineering towards it, and stopping when you are there.

        You take over the operation of a concert-ticket platform on the eve of a famous band's
        tour. It will be overloaded, that much is certain. You set objectives with a product owner
        who would like a hundred per cent, find the breaking point by experiment, add limits and
        shedding so that it bends instead, and then live through the sale, on call, in a simulation
        that lasts an afternoon and feels like a week.

        The third day is calmer: reviews without blame, the arithmetic of toil, and how to run a
        rota that people do not flee from.
      `,
      level: "advanced",
      days: 3,
      prerequisites: ["Two years of operating services", "OPS-250 or equal experience"],
      outcomes: [
        "Define indicators and objectives that reflect users' experience",
        "Use an error budget to decide between features and repair",
        "Find a system's limits and make it degrade gracefully",
        "Lead an incident and a review of it",
        "Measure toil, and reduce it on purpose",
      ],
      modules: [
        {
          title: "Objectives",
          topics: ["Indicators", "Error budgets", "Policies", "Talking to product owners"],
        },
        {
          title: "Load",
          topics: ["Queues and saturation", "Load tests", "Shedding", "Retries and storms"],
        },
        {
          title: "Incidents",
          topics: ["Command", "Communication", "The simulation", "Reviews without blame"],
        },
        {
          title: "The long run",
          topics: ["Toil", "Capacity", "Chaos experiments", "Humane on-call"],
        },
      ],
      keywords: ["SRE", "reliability", "error budgets", "on-call", "capacity"],
      deliveryModes: ["classroom", "blended"],
      languages: ["en", "nb"],
      related: ["OPS-250", "SEC-310", "CLD-330"],
      pounds: 2090,
    },
  ],
};
