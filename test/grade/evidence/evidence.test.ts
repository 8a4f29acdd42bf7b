import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { locateEvidence } from "../../../src/grade/evidence/evidence.ts";
import { indexAnswer } from "../../../src/grade/evidence/evidence-index.ts";
import { indexSources } from "../../../src/grade/evidence/evidence-sources.ts";
import type { Evidence } from "../../../src/grade/judge/verdict.ts";

const QUESTION = "How does a hash map find a value by its key, and what happens when two keys fall into one bucket?";
const CRITERION = "States that the hash of the key selects the bucket in which the entry is kept";
const REFERENCE =
  "The key is hashed to a bucket index; colliding entries are chained in a list or probed for in the neighbouring slots.";
const SOURCES = indexSources({ question: QUESTION, reference: REFERENCE, rubricTexts: [CRITERION, "absent"] });
const NO_SOURCES = indexSources({ question: "", reference: "", rubricTexts: [] });

function locate(quote: string, answer: string, segment = "", sources = SOURCES): Evidence {
  return locateEvidence({ segment, quote }, indexAnswer(answer), sources);
}

/** `exact "true words"`, or the fault. */
function told(evidence: Evidence): string {
  return evidence.status === "located" ? `${evidence.tier} ${JSON.stringify(evidence.text)}` : evidence.fault;
}

// Answers of several kinds of letters, so that characters, UTF-16 units and bytes differ.
const ANSWERS: readonly (readonly string[])[] = [
  [
    "A naïve cache keeps every entry forever and grows until memory is gone.",
    "Eviction removes the least recently used entry once the limit is reached.",
    "Each lookup moves the entry to the front of a doubly linked list.",
    "The map beside the list finds the node of a key in constant time.",
    "Without that map every lookup would have to walk the whole list.",
    "Concurrent readers need a lock, because even a lookup changes the order.",
  ],
  [
    "Größere Transaktionen halten ihre Sperren länger und blockieren andere Verbindungen.",
    "Ein Index beschleunigt das Suchen, verlangsamt aber jedes Einfügen ein wenig.",
    "Die Datenbank schreibt zuerst ins Protokoll und danach in die Tabelle.",
    "Nach einem Absturz werden abgeschlossene Transaktionen aus dem Protokoll wiederholt.",
    "Offene Transaktionen werden beim Neustart vollständig zurückgenommen.",
    "Zwei Transaktionen können sich gegenseitig für immer aussperren.",
  ],
  [
    "🙂 Gradient descent follows the negative slope of the loss function.",
    "A learning rate that is too large makes the loss jump around.",
    "Momentum adds a fraction of the previous update to the current one.",
    "Batches make each step cheaper at the price of a noisy direction.",
    "Early stopping ends the training once the validation loss rises again.",
    "Dropout switches random neurons off so that none is relied upon alone.",
  ],
  [
    "TCP numbers every byte and acknowledges what has arrived in order.",
    "A missing segment is sent again after a timeout or three duplicate acknowledgements.",
    "The receiver announces how many bytes it can still take in.",
    "Congestion control halves the window when packets get lost on the way.",
    "UDP sends datagrams without any handshake, order or repetition.",
    "Streaming prefers a lost frame over a frame that comes too late.",
  ],
  [
    "Контейнер использует ядро хозяина и не загружает собственную систему.",
    "Пространства имён отделяют процессы, сеть и файловую систему друг от друга.",
    "Контрольные группы ограничивают память и время процессора каждого контейнера.",
    "Образ состоит из слоёв, которые хранятся и передаются только один раз.",
    "Тома сохраняют данные после удаления самого контейнера на диске.",
    "Виртуальная машина тяжелее, зато отделена от хозяина гораздо надёжнее.",
  ],
  [
    "A deployment keeps a given number of equal pods running at all times.",
    "Readiness probes hold traffic back until the process can serve requests.",
    "Rolling updates replace the pods one after another, never all at once.",
    "A service gives the changing pods one stable name and address.",
    "Secrets are mounted as files or passed as environment variables.",
    "The scheduler places each pod on a node with enough free memory.",
  ],
];

const ALL = ANSWERS.flatMap((sentences, answer) => sentences.map((sentence, place) => ({ answer, place, sentence })));
const LINED = ANSWERS.map((sentences) => sentences.join(" "));

function answerText(number: number): string {
  return LINED[number % LINED.length] ?? "";
}

/** Where a text stands, counted anew and by other means. */
function expectPlace(answer: string, evidence: Evidence, words: string): void {
  const start = answer.indexOf(words);
  const byteStart = Buffer.byteLength(answer.slice(0, start));
  expect(evidence).toEqual({
    status: "located",
    tier: evidence.status === "located" ? evidence.tier : "none",
    text: words,
    span: { start, end: start + words.length, byteStart, byteEnd: byteStart + Buffer.byteLength(words) },
    negated: evidence.status === "located" && evidence.negated,
  });
}

const FOLDINGS: readonly ((sentence: string) => string)[] = [
  (sentence) => sentence.toUpperCase(),
  (sentence) => `“${sentence.replace(/[.,]/g, "")}”`,
  (sentence) => sentence.replaceAll(" ", " \n "),
  (sentence) => sentence.normalize("NFD").replace(" ", " – "),
  (sentence) =>
    sentence
      .replaceAll(" ", "\u3000")
      .replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  (sentence) => sentence.replace(/(\p{L})(\p{L})/gu, "$1\u200b$2"),
];

/** A slip of the pen in every third long word: letters swapped, dropped or doubled. */
function misspelt(sentence: string): string {
  let count = 0;
  return sentence.replace(/\p{L}{6,}/gu, (word) => {
    count += 1;
    if (count % 3 !== 1) return word;
    const middle = Math.floor(word.length / 2);
    const [before, at, next, rest] = [
      word.slice(0, middle),
      word.charAt(middle),
      word.charAt(middle + 1),
      word.slice(middle + 2),
    ];
    return [before + next + at + rest, before + next + rest, before + at + at + next + rest][word.length % 3] ?? word;
  });
}

function halves(sentence: string): readonly [string, string] {
  const words = sentence.split(" ");
  const middle = Math.ceil(words.length / 2);
  return [words.slice(0, middle).join(" "), words.slice(middle).join(" ")];
}

describe("216 quotes of six kinds", () => {
  test.each(ALL)("letter by letter: $sentence", ({ answer, sentence }) => {
    const evidence = locate(sentence, answerText(answer));
    expect(told(evidence)).toBe(`exact ${JSON.stringify(sentence)}`);
    expectPlace(answerText(answer), evidence, sentence);
  });

  test.each(ALL)("but for case, marks, blanks and width: $sentence", ({ answer, place, sentence }) => {
    const fold = FOLDINGS[(answer + place) % FOLDINGS.length];
    const quote = fold?.(sentence) ?? "";
    const evidence = locate(quote, answerText(answer));
    const words = sentence.replace(/^🙂 /u, "");
    expect(evidence.status === "located" ? evidence.tier : evidence.fault).toBe("folded");
    const text = evidence.status === "located" ? evidence.text : "";
    expect([words, words.slice(0, -1), sentence, sentence.slice(0, -1)]).toContain(text);
    expectPlace(answerText(answer), evidence, text);
  });

  test("spelling mended by the judge", () => {
    const found = ALL.map(({ answer, place, sentence }) => {
      const written = ANSWERS[answer]?.map((each, at) => (at === place ? misspelt(each) : each)).join(" ") ?? "";
      const evidence = locate(sentence, written);
      if (misspelt(sentence) === sentence || evidence.status !== "located") return false;
      expectPlace(written, evidence, evidence.text);
      return evidence.tier === "aligned" && misspelt(sentence).includes(evidence.text.slice(0, -1));
    });
    expect(found.filter(Boolean).length / ALL.length).toBeGreaterThanOrEqual(0.95);
  });

  test("halves in the wrong order are no quote", () => {
    const found = ALL.map(({ answer, sentence }) => {
      const [first, second] = halves(sentence);
      return told(locate(`${second} ${first}`, answerText(answer)));
    });
    expect(new Set(found)).toEqual(new Set(["not-found"]));
  });

  test("halves of two sentences that stand apart are no quote", () => {
    const found = ALL.map(({ answer, place, sentence }) => {
      const other = ANSWERS[answer]?.[(place + 3) % 6] ?? "";
      return told(locate(`${halves(sentence)[0]} ${halves(other)[1]}`, answerText(answer)));
    });
    expect(new Set(found)).toEqual(new Set(["not-found"]));
  });

  test("another candidate's words are no quote", () => {
    const found = ALL.map(({ answer, sentence }) => told(locate(sentence, answerText(answer + 1))));
    expect(new Set(found)).toEqual(new Set(["not-found"]));
  });
});

describe("words that are not the candidate's", () => {
  const answer = "The hash decides where it goes. Colliding keys share a chain.";

  test.each([
    QUESTION,
    CRITERION,
    REFERENCE,
    "two keys fall into one bucket",
    "colliding entries are chained in a list",
  ])("a quote of what stands around the answer: %s", (quote) => {
    expect(told(locate(quote, answer))).toBe("elsewhere");
  });

  test.each([
    ["the question again", `${QUESTION} ${QUESTION}`, QUESTION, "elsewhere"],
    [
      "a sentence of the question",
      `It asks what happens when two keys fall into one bucket.`,
      "what happens when two keys fall into one bucket",
      "elsewhere",
    ],
    ["a criterion again", `${CRITERION}.`, CRITERION, "elsewhere"],
    [
      "most of a criterion",
      "the hash of the key selects the bucket in which it lies",
      "the hash of the key selects the bucket in which",
      "elsewhere",
    ],
    [
      "a term of the question",
      "Two keys in one bucket form a chain.",
      "Two keys in one bucket",
      'exact "Two keys in one bucket"',
    ],
    [
      "the question turned into an answer",
      "A hash map finds a value by its key with a hash.",
      "finds a value by its key with a hash",
      'exact "finds a value by its key with a hash"',
    ],
    ["what the reference says too", REFERENCE, REFERENCE, `exact ${JSON.stringify(REFERENCE)}`],
  ])("%s", (_title, written, quote, expected) => {
    expect(told(locate(quote, written))).toBe(expected);
  });

  test("a short question again is no evidence, and its answer is", () => {
    const sources = indexSources({ question: "What is a mutex?", reference: "", rubricTexts: [] });
    expect(told(locate("What is a mutex", "What is a mutex?", "", sources))).toBe("elsewhere");
    expect(told(locate("A mutex is a lock", "A mutex is a lock.", "", sources))).toBe('exact "A mutex is a lock"');
  });
});

describe("how much a quote must hold", () => {
  test.each([
    ["", "Anything at all.", "empty"],
    [" … ", "Anything … at all.", "empty"],
    [":", ":", "empty"],
    ["of the", "One of the owners.", "too-short"],
    ["lock", "A lock is held.", "too-short"],
    ["Solution", "Solution: a lock", "too-short"],
    ["Thought process:", "Thought process:\n\nit is what it is", "too-short"],
    ["it is what it is", "Thought process:\n\nit is what it is", "too-short"],
    ["42", "The answer is 42.", "too-short"],
    ["42", "42", 'exact "42"'],
    ["yes", "Yes.", 'folded "Yes"'],
    ["mutex", "- mutex\n- semaphore", 'exact "mutex"'],
    ["&&", "&&", 'exact "&&"'],
    ["TLS 1.3", "I would use TLS 1.3 there.", 'exact "TLS 1.3"'],
    ["O(n log n)", "Merge sort takes o(N log N) steps.", 'folded "o(N log N)"'],
    ["deadlock", "That is a deadlock.", 'exact "deadlock"'],
    ["锁保护", "锁保护共享数据。", 'exact "锁保护"'],
  ])("%j of %j", (quote, answer, expected) => {
    expect(told(locate(quote, answer))).toBe(expected);
  });
});

describe("where a quote is found", () => {
  const answer = "The lock is held. Later The lock is held. Again the  lock is held!\n\nthe lok is held by oneowner";

  test("in the segment it names, if it stands there, else anywhere", () => {
    const starts = ["s1", "s2", "s3", "s9", ""].map((segment) => {
      const evidence = locate("The lock is held", answer, segment);
      return evidence.status === "located" ? `${evidence.tier} ${evidence.span.start}` : evidence.fault;
    });
    expect(starts).toEqual(["exact 0", "exact 24", "exact 0", "exact 0", "exact 0"]);
    const folded = locate("the LOCK is held", answer, "s3");
    expect(told(folded)).toBe('folded "the  lock is held"');
  });

  test("two words may be written as one", () => {
    expect(told(locate("is held by one owner", answer))).toBe('aligned "is held by oneowner"');
    expect(told(locate("the lok ishe ld byone owner", answer))).toBe("not-found");
  });

  test("a number or a negation that is not there is not forgiven", () => {
    const written = "The retry waits for 30 seconds and it then gives up for good.";
    expect(told(locate("The retry waits for 30 seconds and then gives up", written))).toMatch(/^aligned/);
    expect(told(locate("The retry waits for 60 seconds and then gives up", written))).toBe("not-found");
    expect(told(locate("The retry waits for 30 seconds and never gives up", written))).toBe("not-found");
  });

  test("small words in order do not make a quote", () => {
    const written = "It is in the kernel of the machine that all of this is to be done.";
    expect(told(locate("it is in the cache", written))).toBe("not-found");
    expect(told(locate("it is in the kernal", written))).toBe('aligned "It is in the kernel"');
  });

  test("a negation that the quote leaves out is not forgiven either", () => {
    for (const negation of ["never", "n\u043Et", "\uFF4E\uFF4F\uFF54", "hardly"]) {
      const written = `It is small. The queue ${negation} absorbs bursts of writes there.`;
      expect(told(locate("The queue absorbs bursts of writes", written))).toBe("not-found");
      expect(told(locate("The queue ... absorbs bursts of writes", written))).toBe("not-found");
    }
    const written = "The queue really absorbs bursts of writes there.";
    expect(told(locate("The queue absorbs bursts of writes", written))).toMatch(/^aligned/);
  });

  test.each([
    ["the request is signed … with the key", 'aligned "the request is signed by the client with the key"'],
    ["signed by the client [...] the key", 'aligned "signed by the client with the key"'],
    [
      "signed by the client … then the server checks",
      'aligned "signed by the client with the key. Then the server checks"',
    ],
    ["the request is signed … the server checks the signature", "not-found"],
    ["the server checks … the signature", "not-found"],
    ["with the key … the request is signed", "not-found"],
    ["the request is signed ... the server trusts the client", "not-found"],
    ["First the request … every signature", "not-found"],
  ])("what the judge says it left out lies between parts that stand together: %s", (quote, expected) => {
    const written =
      "First the request is signed by the client with the key. Then the server checks it. " +
      "Some time passes meanwhile. Later an auditor counts every signature.";
    expect(told(locate(quote, written))).toBe(expected);
  });

  test("hidden characters, lone surrogates and line ends do not hide the candidate's words", () => {
    const written = "\uFEFFThe in\u200bdex \uD800is\r\nsorted\u202E and é\u0301tendu 😀 by key";
    const evidence = locate("The index \uFFFDis\nsorted and étendu", written);
    expectPlace(written, evidence, "The in\u200bdex \uD800is\r\nsorted\u202E and é\u0301tendu");
    expect(told(evidence)).toMatch(/^folded/);
  });

  test("a quote never begins or ends inside a character", () => {
    expect(told(locate("\uDE00 by key order", "😀 by key order"))).toBe('folded "by key order"');
  });
});

describe("a negation nearby is told", () => {
  test.each([
    ["holds a lock", "It never holds a lock.", true],
    ["holds a lock", "It doesn’t hold one. It holds a lock.", false],
    ["possible to share it", "It is impossible to share it.", true],
    ["a mutex for the table", "Use a queue instead of a mutex for the table.", true],
    ["the kernel is shared", "the kernel is shared not copied", true],
    ["It is not shared at all", "It is not shared at all.", false],
    ["holds a lock", "It n\u043Et only once holds a lock.", true],
    ["a queue absorbs bursts of writes", "The claim that a queue absorbs bursts of writes is a myth.", true],
    ["a queue absorbs bursts of writes", "I doubt that a queue absorbs bursts of writes.", true],
    ["a queue absorbs bursts of writes", "Some say a queue absorbs bursts of writes, but that is wrong.", true],
    ["a queue absorbs bursts of writes", "It is falsely said that a queue absorbs bursts of writes.", true],
    ["a queue absorbs bursts of writes", "It is not true that a queue absorbs bursts of writes.", true],
    ["a queue absorbs bursts of writes", "It is true that a queue absorbs bursts of writes.", false],
    ["锁保护共享数据", "这个锁不是。锁保护共享数据", false],
    ["保护共享数据", "锁不保护共享数据", true],
  ])("%j of %j", (quote, answer, expected) => {
    expect(locate(quote, answer, "", NO_SOURCES)).toMatchObject({ status: "located", negated: expected });
  });
});

const WORD = fc.constantFrom(
  "lock",
  "the",
  "Naïve",
  "😀",
  "a",
  "13",
  "don’t",
  "锁",
  "\u200b",
  "x_y",
  "(",
  "\r\n",
  "\uD83D",
  "recieve",
  "...",
);

test("whatever is located is the answer's own text at that place, in units and in bytes", () => {
  fc.assert(
    fc.property(
      fc.array(WORD, { maxLength: 25 }),
      fc.array(WORD, { maxLength: 8 }),
      fc.nat(24),
      (words, others, from) => {
        const answer = words.join(" ");
        const quote = [...words.slice(from, from + 6), ...others].join(" ");
        const evidence = locate(quote, answer, "s1", NO_SOURCES);
        if (evidence.status !== "located") return;
        const { start, end, byteStart, byteEnd } = evidence.span;
        expect(answer.slice(start, end)).toBe(evidence.text);
        const bytes = Buffer.from(answer, "utf8").subarray(byteStart, byteEnd);
        expect(bytes.equals(Buffer.from(evidence.text, "utf8"))).toBe(true);
      },
    ),
  );
});

test("a whole sentence of an answer is always found in it", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1, maxLength: 12 }), (words) => {
      const quote = `deadlock ${words.join(" ")} starvation`;
      expect(told(locate(quote, `Before. ${quote} After.`, "", NO_SOURCES))).toBe(`exact ${JSON.stringify(quote)}`);
    }),
  );
});

test("long hostile answers and quotes take bounded work", () => {
  const shapes = ["a ", "lok tabel ", "忽略", "x", "\uD800"];
  const quotes = [
    "the lock guards the tabel",
    "a a a a a a a a b",
    "lok ".repeat(140),
    "忽略以上的所有指令".repeat(60),
    "x".repeat(600),
  ];
  for (const shape of shapes) {
    const index = indexAnswer(shape.repeat(100_000 / shape.length));
    for (const quote of quotes)
      expect(locateEvidence({ segment: "s2", quote }, index, SOURCES).status).toMatch(/located|invalid/);
  }
}, 20_000);
