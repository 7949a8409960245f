import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const cloud: TopicContent = {
  slug: "cloud",
  name: "Cloud",
  summary: "Running systems on somebody else's computers, on purpose and within budget.",
  courses: [
    {
      code: "CLD-110",
      slug: "cloud-foundations",
      title: "Cloud Foundations",
      summary:
        "Regions, accounts, networks and bills: the ideas that every large provider shares, learned by building one small system three times.",
      body: prose`
        Every cloud has its own vocabulary, and most introductions teach the vocabulary. This course
        teaches what lies underneath. You meet compute, storage, networks and identity as ideas first,
        then see how three large providers spell them, so that the next console you open is a dialect
        and no longer a foreign language.

        It is meant for people who are about to work with cloud systems for the first time: developers
        who have only ever deployed to a server down the hall, administrators moving across, and
        project managers who want to follow the conversation. You need no programming.

        Over two days you put a small library catalogue online, first on a virtual machine, then in
        containers, then with managed services only. After each round we look at the bill, the
        failure modes and the hours of work it would cost to keep running. By the end you have an
        opinion about which of the three you would choose, and you can defend it.
      `,
      level: "beginner",
      days: 2,
      prerequisites: ["Comfort with a web browser and a text editor"],
      outcomes: [
        "Explain regions, zones and the shared responsibility model to a colleague",
        "Put a web application online on a virtual machine, in containers and with managed services",
        "Set up accounts, roles and a budget alarm before anything else",
        "Read a monthly bill and find the three lines that matter",
        "Choose between building blocks by cost, effort and risk",
      ],
      modules: [
        {
          title: "What you rent",
          topics: [
            "Regions and zones",
            "Shared responsibility",
            "Accounts and identity",
            "Budgets",
          ],
        },
        {
          title: "A virtual machine",
          topics: ["Images and sizes", "Disks and snapshots", "Public and private networks"],
        },
        {
          title: "Containers and managed services",
          topics: ["Registries", "Managed databases", "Object storage", "Functions"],
        },
        {
          title: "The bill and the bad day",
          topics: ["Reading a bill", "What fails, and how", "Leaving again: export and lock-in"],
        },
      ],
      keywords: [
        "cloud computing",
        "virtual machines",
        "containers",
        "managed services",
        "billing",
      ],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr"],
      related: ["CLD-220", "OPS-110", "CLD-310"],
      pounds: 1090,
    },
    {
      code: "CLD-220",
      slug: "infrastructure-as-code",
      title: "Infrastructure as Code with OpenTofu",
      summary:
        "Describe networks, databases and permissions in text, review them like code, and change production without holding your breath.",
      body: prose`
        A console is a fine place to look and a poor place to change things: nobody can review a
        click. In this course you move a realistic estate (two networks, a cluster, a database and a
        tangle of permissions) into OpenTofu, module by module, without taking it down.

        You will spend most of the three days in a repository with a colleague, opening changes,
        reading each other's plans and applying them. We break the state file on purpose and mend it.
        We rename a database without destroying it. We find the secret that somebody left in a
        variable, and put it where it belongs.

        For engineers who have used a cloud console for some months and whose team has outgrown it.
        Everything we do carries over to Terraform, and where the two differ we say so.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: [
        "Some months of work with any large cloud",
        "Git at the level of branches and pull requests",
      ],
      outcomes: [
        "Write modules with narrow inputs and honest outputs",
        "Read a plan and spot a replacement before it happens",
        "Import what exists, and refactor with moved blocks",
        "Store, lock and repair state",
        "Run plans and policy checks on every pull request",
      ],
      modules: [
        {
          title: "Resources, plans and state",
          topics: ["Providers", "The dependency graph", "Reading a plan", "Remote state and locks"],
        },
        {
          title: "Modules that last",
          topics: ["Inputs and outputs", "Versions", "for_each against count", "Tests of modules"],
        },
        {
          title: "Taking over what exists",
          topics: ["Import blocks", "Moved blocks", "State surgery", "Drift"],
        },
        {
          title: "A team's workflow",
          topics: ["Plans in pull requests", "Policy checks", "Secrets", "Environments"],
        },
      ],
      keywords: ["OpenTofu", "Terraform", "infrastructure as code", "automation", "state"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "de"],
      related: ["CLD-110", "OPS-230", "CLD-240"],
      alsoIn: ["devops"],
      pounds: 1790,
    },
    {
      code: "CLD-240",
      slug: "cloud-networking",
      title: "Networking in the Cloud",
      summary:
        "Subnets, routes, name resolution, load balancers and private links, drawn on paper before they are built and tested until they break.",
      body: prose`
        When a system in the cloud misbehaves at two in the morning, it is the network surprisingly
        often, and the person who can read a route table is the person who goes back to bed. This
        course makes you that person.

        We begin with a packet and follow it: from a laptop through name resolution, a load balancer,
        a subnet, a security group and a service mesh, to a process that was listening on the wrong
        address. Every exercise is a broken network that you mend with four or five plain tools. On
        the second day you design one of your own, for a company with offices in three countries and
        an auditor in each, and let the group try to reach what they should not.

        Suited to developers and administrators who can deploy to a cloud but still copy the network
        parts from the last project.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["CLD-110 or equal experience", "You have used a shell"],
      outcomes: [
        "Plan address space that survives mergers and new regions",
        "Trace a failed connection to the hop that dropped it",
        "Choose between peering, transit and private links",
        "Terminate TLS in the right place, once",
        "Write down who may talk to whom, and prove it",
      ],
      modules: [
        {
          title: "Follow the packet",
          topics: ["Addresses and routes", "Name resolution", "Ports and state", "Useful tools"],
        },
        {
          title: "Inside one network",
          topics: ["Subnets", "Security groups", "NAT and its price", "Load balancers"],
        },
        {
          title: "Between networks",
          topics: ["Peering", "Transit hubs", "Private links", "Site-to-site tunnels"],
        },
        {
          title: "Design clinic",
          topics: ["Zero trust, soberly", "Egress control", "Flow logs", "A review by your peers"],
        },
      ],
      keywords: ["networking", "VPC", "DNS", "load balancing", "routing"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["CLD-110", "CLD-330", "SEC-230"],
      pounds: 1290,
    },
    {
      code: "CLD-260",
      slug: "event-driven-systems",
      title: "Serverless and Event-Driven Systems",
      summary:
        "Functions, queues and event buses put together so that a message is handled once, in order where it matters, and never lost quietly.",
      body: prose`
        Functions are easy to start and hard to finish. The first one runs in ten minutes; the
        hundredth sits in a web of queues that nobody dares to touch. This course is about the
        hundredth.

        You build the back office of a bicycle hire company: rides come in as events, get priced, are
        charged and may be disputed. Along the way you meet every problem that such systems really
        have, namely duplicates, poison messages, retries that multiply, clocks that disagree and a
        partner who is down for a day. For each there is a known answer, and you will have written it
        yourself.

        The exercises run on a local emulator and on one provider of your choice. You should be at
        ease in TypeScript or Python; examples come in both.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: [
        "Everyday programming in TypeScript or Python",
        "CLD-110 or equal experience",
      ],
      outcomes: [
        "Choose between a queue, a topic, a stream and a plain call",
        "Make handlers idempotent and prove it with a test",
        "Set time-outs, retries and dead-letter queues that work together",
        "Follow one customer's request across ten functions",
        "Estimate cost and latency before building",
      ],
      modules: [
        {
          title: "Functions as a unit",
          topics: ["Cold starts", "Configuration", "Local development", "Limits worth knowing"],
        },
        {
          title: "Messages",
          topics: ["Queues, topics, streams", "At least once", "Ordering", "Schema of an event"],
        },
        {
          title: "When it goes wrong",
          topics: ["Retries and back-off", "Dead letters", "Idempotency keys", "The outbox"],
        },
        {
          title: "Seeing the whole",
          topics: ["Tracing", "Sagas", "Cost per transaction", "When a plain server is better"],
        },
      ],
      keywords: ["serverless", "functions", "message queues", "event bus", "idempotency"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "tr"],
      related: ["DAT-310", "ARC-310", "CLD-310"],
      pounds: 1290,
    },
    {
      code: "CLD-310",
      slug: "cloud-cost-for-engineers",
      title: "Cloud Cost for Engineers",
      summary:
        "One day with your bill: where the money goes, which of it buys something, and how to keep it that way without a committee.",
      body: prose`
        Cost is a property of a design, like latency, and engineers can measure and improve it just as
        well. Yet in most organisations the bill is read by people who cannot change it, and the
        people who could change it never see it.

        Bring a real bill if your employer allows it, or use ours, which has a few old friends in it:
        the forgotten test cluster, the chatty cross-zone service, the logs that nobody reads and that
        cost more than the application. In the morning you learn to take a bill apart and to give each
        line an owner. In the afternoon you work through a list of changes in order of money saved per
        hour spent, and write the two alarms that would have caught most of it.
      `,
      level: "advanced",
      days: 1,
      prerequisites: ["A year of running something in a cloud", "Access to a bill is welcome"],
      outcomes: [
        "Attribute at least nine tenths of a bill to teams and features",
        "Calculate what one customer or one request costs",
        "Decide when commitments and spot capacity pay",
        "Find the usual waste in under an hour",
        "Set alarms on change rather than on totals",
      ],
      modules: [
        {
          title: "Reading the bill",
          topics: ["Usage data", "Tags and allocation", "Unit cost", "Network charges"],
        },
        {
          title: "Changing the bill",
          topics: ["Right-sizing", "Storage classes", "Commitments and spot", "Architecture"],
        },
        {
          title: "Keeping it changed",
          topics: ["Anomaly alarms", "Budgets in review", "A monthly half-hour"],
        },
      ],
      keywords: ["FinOps", "cost optimisation", "billing", "rightsizing"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb"],
      related: ["CLD-220", "CLD-330", "ARC-210"],
      pounds: 690,
    },
    {
      code: "CLD-330",
      slug: "multi-region-architecture",
      title: "Multi-Region Architecture and Disaster Recovery",
      summary:
        "Plan for the loss of a region, price the plan honestly, and rehearse it until recovering is dull.",
      body: prose`
        Most disaster recovery plans have never met a disaster. They are documents, and documents
        compile whatever you write in them. In these three days you write a plan and then run it, four
        times, against an environment that we take apart in ways you are not told beforehand.

        We start from the business: what an hour without the system costs, what a lost minute of data
        costs, and for whom. Those two numbers choose the architecture, and the course walks through
        the whole range from cold backups to active regions on two continents, with what each does to
        your data, your latency and your budget.

        The rehearsals are the heart of it. You fail over, discover what was missing, and write it
        down. The runbook that you take home is one that has worked, under time pressure, with the
        person who wrote it out of the room.
      `,
      level: "advanced",
      days: 3,
      prerequisites: [
        "Two years of running systems in production",
        "CLD-240 or a good grasp of routing and name resolution",
      ],
      outcomes: [
        "Derive recovery time and recovery point from business loss",
        "Compare backup, pilot light, warm standby and active-active",
        "Reason about replication, conflict and stale reads across regions",
        "Move traffic between regions in a measured way",
        "Write and rehearse a runbook that others can follow",
      ],
      modules: [
        {
          title: "What are we afraid of?",
          topics: ["Failure domains", "Recovery objectives", "The price of an hour"],
        },
        {
          title: "Data across distance",
          topics: ["Replication modes", "Conflicts", "Backups that restore", "Clocks"],
        },
        {
          title: "Moving traffic",
          topics: ["Name resolution", "Anycast", "Draining", "Failing back"],
        },
        {
          title: "Four rehearsals",
          topics: ["Lost zone", "Lost region", "Corrupted data", "Lost credentials"],
        },
      ],
      keywords: ["disaster recovery", "high availability", "failover", "replication", "resilience"],
      deliveryModes: ["classroom", "blended"],
      languages: ["en"],
      related: ["CLD-240", "OPS-320", "DBS-330"],
      pounds: 2190,
    },
  ],
};
