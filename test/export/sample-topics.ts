/** What a candidate says at a level of a criterion; "" where the level shows in saying nothing. */
export interface SampleLevel {
  readonly id: string;
  readonly points: number;
  readonly descriptor: string;
  readonly says: string;
}

export interface SampleCriterion {
  readonly id: string;
  readonly text: string;
  readonly levels: readonly SampleLevel[];
}

export interface SampleTopic {
  readonly text: string;
  readonly max: number;
  readonly step: number;
  readonly pass: number | undefined;
  readonly opening: string;
  readonly criteria: readonly SampleCriterion[];
}

type Said = readonly [points: number, descriptor: string, says: string];

function criterion(id: string, text: string, ...said: readonly Said[]): SampleCriterion {
  const names = said.length === 2 ? ["none", "full"] : ["none", "part", "full"];
  return {
    id,
    text,
    levels: said.map(([points, descriptor, says], at) => ({
      id: names[at] ?? `level-${at}`,
      points,
      descriptor,
      says,
    })),
  };
}

/** Eight questions of an interview for back-end developers, in their own words. */
export const SAMPLE_TOPICS: readonly SampleTopic[] = [
  {
    text: "What does an index on a database column speed up, and what does it cost?",
    max: 6,
    step: 0.5,
    pass: 3,
    opening: "We add indexes after looking at the slow queries.",
    criteria: [
      criterion(
        "lookup",
        "Says that an index avoids reading every row",
        [0, "not said", "It makes the database faster."],
        [1, "faster look-up, without how", "Finding a row by that column gets faster."],
        [
          2,
          "reads only the matching part",
          "With a B-tree the engine walks a few pages instead of scanning the whole table.",
        ],
      ),
      criterion(
        "writes",
        "Says that every write has to maintain the index",
        [0, "not said", ""],
        [1, "writes are slower, without why", "Writes become a bit slower."],
        [
          2,
          "each insert or update changes the index too",
          "Every insert and every update of the column has to change the index as well.",
        ],
      ),
      criterion(
        "space",
        "Names the storage it takes",
        [0, "not said", ""],
        [1, "named", "It also takes disk space and memory."],
      ),
      criterion(
        "selectivity",
        "Says that it helps little where most rows match",
        [0, "not said", ""],
        [1, "said", "On a column with two values the planner will ignore it, because half the table matches."],
      ),
    ],
  },
  {
    text: "Explain the difference between a process and a thread.",
    max: 5,
    step: 0.5,
    pass: 2.5,
    opening: "Both are units of execution that the operating system schedules.",
    criteria: [
      criterion(
        "memory",
        "Says that threads of one process share an address space",
        [0, "not said", "A thread is a small process."],
        [1, "vague", "Threads share things with each other."],
        [
          2,
          "address space named",
          "Threads of a process see the same heap, while each process has an address space of its own.",
        ],
      ),
      criterion(
        "cost",
        "Compares the cost of creating and switching",
        [0, "not said", ""],
        [1, "compared", "Starting a thread and switching to it is cheaper."],
      ),
      criterion(
        "failure",
        "Says what a crash takes down",
        [0, "not said", ""],
        [1, "part", "Crashes are worse with threads."],
        [2, "said for both", "A segfault in one thread ends the whole process, whereas another process carries on."],
      ),
      criterion(
        "parallel",
        "Claims that threads never run at the same time",
        [0, "not claimed", ""],
        [-1, "claimed", "Threads never really run in parallel."],
      ),
    ],
  },
  {
    text: "A client retries a payment request after a timeout. How do you make sure that the customer is charged once, and what do you answer to the second request?",
    max: 8,
    step: 1,
    pass: 4,
    opening: "A timeout does not tell the client whether the charge went through.",
    criteria: [
      criterion(
        "key",
        "Proposes an idempotency key sent by the client",
        [0, "no key", "I would check whether the amount was already charged today."],
        [2, "a key, without who makes it", "Each request gets an id."],
        [
          3,
          "key made by the client for each intent",
          "The client makes an idempotency key for each purchase and sends the same one when it retries.",
        ],
      ),
      criterion(
        "store",
        "Stores the key and the result in one transaction with the charge",
        [0, "not said", ""],
        [1, "stored, order left open", "We save the key in a table."],
        [
          3,
          "one transaction or a unique constraint",
          "The key has a unique constraint and is written in the transaction that records the charge.",
        ],
      ),
      criterion(
        "reply",
        "Answers the retry with the stored result",
        [0, "not said", ""],
        [2, "said", "The second request gets the stored response of the first, not an error."],
      ),
    ],
  },
  {
    text: "Why must passwords be hashed with a slow, salted function?",
    max: 4,
    step: 0.5,
    pass: 2,
    opening: "Databases leak, so we plan for that day.",
    criteria: [
      criterion(
        "slow",
        "Says that slowness limits guessing",
        [0, "not said", ""],
        [0.5, "slow, without why", "The function should be slow."],
        [
          1.5,
          "cost per guess named",
          "Argon2 or bcrypt make every guess expensive, so trying billions of passwords is out of reach.",
        ],
      ),
      criterion(
        "salt",
        "Says what a salt prevents",
        [0, "not said", "Salt makes it safer."],
        [
          1.5,
          "equal passwords or precomputed tables",
          "With a salt, equal passwords have different hashes and rainbow tables are useless.",
        ],
      ),
      criterion(
        "fast",
        "Says that a bare SHA-256 is unfit",
        [0, "not said", ""],
        [1, "said", "Plain SHA-256 is far too fast on a GPU."],
      ),
    ],
  },
  {
    text: "What is eventual consistency, and name a case in which it is not acceptable.",
    max: 5,
    step: 0.5,
    pass: undefined,
    opening: "It is a promise about replicas.",
    criteria: [
      criterion(
        "definition",
        "Says that replicas converge once writes stop",
        [0, "not said", "Data is consistent in the end."],
        [1, "vague", "After a while all nodes have the data."],
        [2, "converge without new writes", "If no new writes arrive, all replicas end up with the same value."],
      ),
      criterion(
        "reads",
        "Says that reads may be stale meanwhile",
        [0, "not said", ""],
        [1, "said", "Until then a read may return an old value."],
      ),
      criterion(
        "case",
        "Names a case with a reason",
        [0, "none", ""],
        [1, "a case without a reason", "Banking would be a problem."],
        [2, "a case and its reason", "Selling the last seat on a plane needs one agreed answer, or it is sold twice."],
      ),
    ],
  },
  {
    text: "Two services each wait for a lock the other one holds. What is this called and how do you prevent it?",
    max: 4,
    step: 0.5,
    pass: 2,
    opening: "I have met this one in production.",
    criteria: [
      criterion("name", "Names deadlock", [0, "not named", ""], [1, "named", "That is a deadlock."]),
      criterion(
        "order",
        "Proposes a fixed order of locks",
        [0, "not said", ""],
        [1, "vague", "Locks should be taken carefully."],
        [2, "one global order", "Everyone takes the locks in the same global order, so no cycle can form."],
      ),
      criterion(
        "timeout",
        "Proposes a timeout with release and retry",
        [0, "not said", ""],
        [1, "said", "Acquire with a timeout, release what you hold, wait a random time and try again."],
      ),
    ],
  },
  {
    text: "How would you find out why a service has become slow since the last release?",
    max: 6,
    step: 0.5,
    pass: 3,
    opening: "First I want to know who is affected.",
    criteria: [
      criterion(
        "measure",
        "Begins with measurements, not with guesses",
        [0, "guesses", "I would scale it up and see."],
        [1, "looks at one figure", "I look at the CPU graph."],
        [
          2,
          "compares before and after",
          "I compare latency percentiles and error rates before and after the release, by endpoint.",
        ],
      ),
      criterion(
        "narrow",
        "Narrows it down with traces or a profile",
        [0, "not said", ""],
        [1, "logs only", "Then I read the logs."],
        [2, "traces or a profile", "Traces show which call takes the time, and a profiler shows which function."],
      ),
      criterion(
        "rollback",
        "Considers rolling back first",
        [0, "not said", ""],
        [2, "said", "If customers suffer we roll back now and look for the cause afterwards."],
      ),
    ],
  },
  {
    text: "Describe what happens between typing a web address and seeing the page.",
    max: 6,
    step: 0.5,
    pass: 3,
    opening: "Quite a lot happens in those few hundred milliseconds.",
    criteria: [
      criterion(
        "dns",
        "Name resolution",
        [0, "not said", ""],
        [1, "said", "The name is resolved to an address by DNS, from a cache if possible."],
      ),
      criterion(
        "connect",
        "Connection and TLS",
        [0, "not said", ""],
        [1, "connection only", "The browser connects to the server."],
        [2, "connection and TLS", "A TCP or QUIC connection is opened and a TLS handshake checks the certificate."],
      ),
      criterion(
        "request",
        "Request and response",
        [0, "not said", ""],
        [1, "said", "It sends a GET request and receives HTML."],
      ),
      criterion(
        "render",
        "Parsing, style, layout, paint",
        [0, "not said", ""],
        [1, "vague", "The page is shown."],
        [
          2,
          "the steps named",
          "The HTML becomes a DOM, styles are computed, then layout and paint, while scripts may block.",
        ],
      ),
    ],
  },
];
