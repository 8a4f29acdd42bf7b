import type { BankExport, ExportedQuestion } from "../../src/export/bank-export.ts";

/** A question of a bank about locks; `over` says what is special about it. */
export function exportedQuestion(over: Partial<ExportedQuestion> = {}): ExportedQuestion {
  const text = over.text ?? "What does a **lock** keep out?";
  return {
    id: "q-000000000001",
    path: "questions/locks.md",
    line: 5,
    number: "1",
    headings: ["Locks"],
    tags: [],
    state: "filled",
    text,
    reading: text,
    body: "",
    answer: "Everybody but `one`.",
    rubric: undefined,
    ...over,
  };
}

export function sampleBank(questions: readonly ExportedQuestion[], over: Partial<BankExport> = {}): BankExport {
  return { title: "Concurrency", tool: "answerkey 0.0.0", questions, leftOut: 0, ...over };
}

/** Texts that try to become script, markup, a formula or another record. */
export const HOSTILE: readonly string[] = [
  "<script>document.title = 'owned'</script>",
  "<img src=x onerror=\"document.title='owned'\">",
  "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
  "[click](javascript:alert(1)) ![p](javascript:alert(1)) <javascript:alert(1)>",
  "[data](data:text/html;base64,PHNjcmlwdD4=) [file](file:///etc/passwd)",
  '<a href="javascript:alert(1)" onclick="alert(1)">x</a> <a href="https://a.example/" onclick="alert(1)">y</a>',
  "</pre></code></details></article><iframe src='https://attacker.example'></iframe>",
  "<style>body { display: none }</style>\n\n<base href='https://attacker.example'>\n\n<form action='x'><input autofocus onfocus=alert(1)></form>",
  '=HYPERLINK("https://attacker.example")',
  "a\tb\nc\u202Ed\u0000e]]>&lt;\uFFFF",
  '`<b onmouseover=alert(1)>` and ```js" onload="alert(1)\n</code><script>alert(1)</script>\n```',
  "<b><i>never closed\n\n- <kbd>in a list",
  "[latex]\\input{/etc/passwd}[/latex] [sound:x.mp3] {{c1::cloze}} [$]x[/$]",
];
