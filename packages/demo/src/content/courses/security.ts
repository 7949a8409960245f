import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const security: TopicContent = {
  slug: "security",
  name: "Security",
  summary: "Building, running and defending systems that people can rely on.",
  courses: [
    {
      code: "SEC-110",
      slug: "security-for-everyone-in-it",
      title: "Security for Everyone in IT",
      summary:
        "One day on how attacks really happen, what stops them cheaply, and what to do in the first ten minutes when something looks wrong.",
      body: prose`
        Security courses have a reputation for padlocks, hooded figures and a quiz. This is a day of
        stories instead: eight attacks on organisations much like yours, told in order, with pauses to
        ask what you would have noticed.

        You crack a list of passwords and understand why length beats cleverness. You write a
        convincing phishing message and find out how few of your colleagues in the room can tell. You
        set up a password manager and a passkey before lunch, and in the afternoon you rehearse the
        most useful sentence in the trade: "I think I have made a mistake."

        For help desks, testers, developers, project managers and anybody else whose account would be
        worth stealing. No technical knowledge is assumed beyond daily work with a computer.
      `,
      level: "beginner",
      days: 1,
      prerequisites: ["None"],
      outcomes: [
        "Recognise the opening moves of the commonest attacks",
        "Use a password manager, passkeys and updates to shut most of them out",
        "Handle customer data with the right amount of care",
        "Report early, with the facts that help",
      ],
      modules: [
        {
          title: "Eight stories",
          topics: ["Phishing", "Stolen sessions", "Ransom", "The helpful insider"],
        },
        {
          title: "Cheap defences",
          topics: ["Password managers", "Passkeys", "Updates", "Backups"],
        },
        {
          title: "The first ten minutes",
          topics: ["What to say", "What not to touch", "After the incident"],
        },
      ],
      keywords: ["security awareness", "phishing", "passwords", "passkeys"],
      deliveryModes: ["classroom", "virtual", "self_paced"],
      languages: ["en", "nb", "tr", "de"],
      related: ["SEC-210", "SEC-230"],
      pounds: 490,
    },
    {
      code: "SEC-210",
      slug: "secure-web-applications",
      title: "Secure Web Applications",
      summary:
        "Attack a web application for a day and a half, then spend the rest of the time making each attack impossible rather than merely harder.",
      body: prose`
        The web's usual vulnerabilities have been known for twenty years and are still written every
        day, mostly by careful people in a hurry. This course teaches you to see them in code that you
        would otherwise have approved.

        You are given an online pharmacy with eleven flaws. Nobody tells you where they are. You find
        them with a browser, a proxy and some patience: access checks that trust the client, queries
        assembled from text, a file upload with opinions, tokens that never die. Then you change sides
        and mend them, always looking for the repair that removes the whole class: a query builder
        that cannot concatenate, a template that escapes by default, a permission check that is
        impossible to forget.

        Examples are in TypeScript, with Java and Python beside them. Everything you attack runs on
        your own laptop.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["A year or more of web development", "You can read HTTP requests"],
      outcomes: [
        "Find and exploit the common flaws in a realistic application",
        "Remove classes of flaw by design instead of single instances",
        "Check access to objects, functions and fields consistently",
        "Set headers, cookies and content policies that hold",
        "Review a change for security in ten minutes",
      ],
      modules: [
        {
          title: "The attacker's view",
          topics: ["Mapping an application", "Intercepting requests", "Trust boundaries"],
        },
        {
          title: "Injection",
          topics: ["SQL", "Templates", "Commands", "Deserialisation"],
        },
        {
          title: "Who may do what",
          topics: ["Sign-in", "Auth sessions", "Object-level access", "Multi-tenant data"],
        },
        {
          title: "In the browser",
          topics: ["Cross-site scripting", "Cross-site requests", "Content policy", "Cookies"],
        },
        {
          title: "Keeping it that way",
          topics: ["Dependencies", "Secrets", "Review", "Tests that attack"],
        },
      ],
      keywords: ["OWASP", "web security", "penetration testing", "XSS", "SQL injection"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "tr"],
      related: ["SEC-230", "SEC-250", "WEB-260"],
      alsoIn: ["web"],
      pounds: 1890,
    },
    {
      code: "SEC-230",
      slug: "threat-modelling",
      title: "Threat Modelling",
      summary:
        "A workshop on finding design flaws with a whiteboard, four questions and the people who built the system.",
      body: prose`
        The cheapest moment to find a flaw is before it exists. Threat modelling is a structured
        conversation that does this, and it needs no special tools: a drawing, four questions and an
        hour and a half of everybody's attention.

        You will take part in five such conversations and lead at least one. The systems grow from a
        door lock with an app to a payment platform with partners abroad. Between rounds we study what
        made the last one productive or painful: scope that was too wide, drawings that were too
        pretty, lists of threats that nobody ranked. You also learn to write the result down in a form
        that is still true next quarter.

        Architects, senior developers, security champions and product owners all belong in the room.
        Mixed groups find twice as much.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["You can explain the architecture of a system you work on"],
      outcomes: [
        "Draw a data-flow diagram at a useful level of detail",
        "Find threats systematically, for security and for privacy",
        "Rank them by what they would cost and who would bother",
        "Choose mitigations and record what you accept",
        "Lead a conversation that people want to come back to",
      ],
      modules: [
        {
          title: "Four questions",
          topics: [
            "What are we building?",
            "What can go wrong?",
            "What will we do?",
            "Was it enough?",
          ],
        },
        {
          title: "Finding threats",
          topics: ["STRIDE", "Attack trees", "Abuse cases", "Privacy threats"],
        },
        {
          title: "Deciding",
          topics: ["Ranking", "Mitigating, accepting, transferring", "Writing it down"],
        },
        {
          title: "Leading",
          topics: ["Scope and invitations", "Difficult rooms", "Threat models as part of design"],
        },
      ],
      keywords: ["threat modelling", "STRIDE", "secure design", "privacy"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "de"],
      related: ["SEC-210", "ARC-210", "CLD-240"],
      alsoIn: ["architecture-and-leadership"],
      pounds: 1390,
    },
    {
      code: "SEC-250",
      slug: "identity-and-access",
      title: "Identity and Access: OAuth, OpenID Connect and Passkeys",
      summary:
        "What each token is for, who checks it, and how to build sign-in that is pleasant for people and dull for attackers.",
      body: prose`
        Few standards are used as widely and understood as narrowly as OAuth. Most teams copy a
        configuration that works and hope. In this course you build each part yourself, once, with
        every redirect visible, and the hope is replaced by knowledge.

        We start with a password form and its troubles, add a second factor, then passkeys, and
        throw the passwords away. From there we go outwards: delegated access for a partner, sign-in
        through another organisation, machine-to-machine calls, and roles that survive a
        reorganisation. At each step you attack what you have just built, since a flow you have broken
        is a flow you remember.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["Web development in any language", "HTTP, cookies and redirects"],
      outcomes: [
        "Choose the right OAuth flow, and explain each parameter in it",
        "Validate tokens fully: issuer, audience, time, key",
        "Add passkeys to an existing application, with recovery",
        "Design roles and permissions that can be audited",
        "Revoke access quickly when it matters",
      ],
      modules: [
        {
          title: "Proving who you are",
          topics: ["Passwords and their storage", "Second factors", "Passkeys", "Recovery"],
        },
        {
          title: "OAuth and OpenID Connect",
          topics: ["Authorisation code with PKCE", "Tokens", "Scopes and consent", "Known attacks"],
        },
        {
          title: "Deciding what is allowed",
          topics: ["Roles", "Attributes and relations", "Least privilege", "Audit"],
        },
        {
          title: "Ending it",
          topics: ["Sign-out", "Revocation", "Leavers", "Incident drill"],
        },
      ],
      keywords: [
        "OAuth",
        "OpenID Connect",
        "passkeys",
        "single sign-on",
        "authentication",
        "authorisation",
      ],
      deliveryModes: ["virtual", "classroom"],
      languages: ["en"],
      related: ["SEC-210", "WEB-260", "SEC-330"],
      pounds: 1390,
    },
    {
      code: "SEC-310",
      slug: "incident-response",
      title: "Incident Response and Forensics",
      summary:
        "Four days inside one attack: detect it, contain it, reconstruct it, and write the report that the board and the regulator will read.",
      body: prose`
        On Monday at ten a customer complains that an invoice looks odd. By Thursday afternoon you
        know who got in, through which door, what they took, and how you can be sure that they are
        gone. Everything in between is the course.

        You work in teams of four with changing roles: lead, analyst, scribe, liaison. The
        environment is a company of two hundred machines with logs of varying quality, some of which
        lie. You collect memory and disk images properly, build timelines, argue about containment
        with a managing director who wants the shop open, and brief a journalist. Instructors play
        everybody else, with relish.

        Meant for engineers and analysts who are, or will soon be, the person called. The pace is
        brisk and the evenings are your own.
      `,
      level: "advanced",
      days: 4,
      prerequisites: [
        "Solid administration of Linux or Windows",
        "SEC-110 and SEC-210, or equal experience",
      ],
      outcomes: [
        "Run an incident with clear roles, notes and decisions",
        "Collect evidence so that it stands up later",
        "Build one timeline out of many partial ones",
        "Contain and eradicate without tipping off or destroying",
        "Write a report for technicians, executives and regulators",
      ],
      modules: [
        {
          title: "The call",
          topics: ["Triage", "Roles", "Communication", "First decisions"],
        },
        {
          title: "Evidence",
          topics: ["Logs", "Memory", "Disks", "Chain of custody"],
        },
        {
          title: "Reconstruction",
          topics: ["Timelines", "Persistence", "Lateral movement", "Exfiltration"],
        },
        {
          title: "Containment",
          topics: ["Isolation", "Credentials", "Eradication", "Coming back"],
        },
        {
          title: "Afterwards",
          topics: ["Legal duties", "Reports", "Reviews without blame", "Preparing better"],
        },
      ],
      keywords: ["incident response", "digital forensics", "ransomware", "malware", "CSIRT"],
      deliveryModes: ["classroom"],
      languages: ["en"],
      related: ["SEC-230", "OPS-320", "OPS-250"],
      pounds: 2790,
    },
    {
      code: "SEC-330",
      slug: "applied-cryptography",
      title: "Applied Cryptography for Engineers",
      summary:
        "Choose and combine well-tested primitives correctly, manage keys for years, and recognise the mistakes that no test will show.",
      body: prose`
        You will not invent a cipher on this course, and we hope to cure you of the wish. You will
        learn which of the existing building blocks does what, how they fit together, and how systems
        built from perfectly sound parts have fallen over all the same.

        Mornings are for ideas: authenticated encryption, key exchange, signatures, hashing of
        passwords, randomness, and a sober look at what quantum computers change and when. Afternoons
        are for breaking things. You read messages encrypted with a repeated nonce, forge a
        signature that was compared too quickly, and recover a key from a program that was merely
        slow in an interesting way. Then you write the version that holds.

        The mathematics is kept to what you need in order to use a library with judgement.
      `,
      level: "advanced",
      days: 3,
      prerequisites: ["Three years of programming", "No fear of modular arithmetic"],
      outcomes: [
        "Pick primitives and parameters that you can justify in writing",
        "Encrypt data in an application with rotation built in",
        "Manage keys with hardware or a service, including their loss",
        "Spot misuse in review: nonces, comparisons, padding, randomness",
        "Plan a move to post-quantum algorithms",
      ],
      modules: [
        {
          title: "Symmetric building blocks",
          topics: ["Authenticated encryption", "Nonces", "Hashes and MACs", "Passwords"],
        },
        {
          title: "Public keys",
          topics: ["Key exchange", "Signatures", "Certificates", "Post-quantum algorithms"],
        },
        {
          title: "Keys over time",
          topics: ["Envelope encryption", "Rotation", "Hardware", "Destruction"],
        },
        {
          title: "How it breaks",
          topics: ["Oracles", "Timing", "Bad randomness", "Protocols that almost work"],
        },
      ],
      keywords: ["cryptography", "encryption", "TLS", "post-quantum", "key management"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["SEC-250", "SEC-210", "LNG-310"],
      pounds: 2190,
    },
  ],
};
