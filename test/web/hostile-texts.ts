/** What a model may write to run script in the page, load something, or pass for part of it. Each sets `__ran` if it runs. */
export const HOSTILE_DRAFTS: readonly string[] = [
  "<script>window.__ran = 1</script>",
  'Fine.\n\n<img src=x onerror="window.__ran = 1">',
  '<svg onload="window.__ran = 1"><circle r="9"/></svg>',
  "[click me](javascript:window.__ran=1)",
  "[click me](  JaVaScRiPt:window.__ran=1 )",
  "[data](data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19yYW49MTwvc2NyaXB0Pg==)",
  "![tracker](https://tracker.invalid/pixel.png?who=reviewer)",
  "![local](http://127.0.0.1:9/ping)",
  '<iframe srcdoc="<script>parent.__ran = 1</script>"></iframe>',
  '<a href="javascript:window.__ran=1" autofocus onfocus="window.__ran=1">link</a>',
  "<style>@import url(https://tracker.invalid/a.css); body { display: none }</style>",
  '<form action="https://tracker.invalid/"><input name=q><button>Accept</button></form>',
  '<base href="https://tracker.invalid/"><link rel=stylesheet href=/a.css>',
  '<meta http-equiv=refresh content="0;url=https://tracker.invalid/">',
  '<details open ontoggle="window.__ran = 1"><summary>More</summary></details>',
  "```html\n</code></pre><script>window.__ran = 1</script>\n```",
  "[ref]: javascript:window.__ran=1\n\nSee [ref] and <javascript:window.__ran=1>.",
  "---js\n{ title: (globalThis.__ran = 1) }\n---\n\u202Edesrever\u202C and \u200Bhidden\u0007 and \u{E0041}tag",
];

/** What a candidate may write for the same end, or to look like the page's own words. */
export const HOSTILE_ANSWERS: readonly string[] = [
  "</mark><script>window.__ran = 1</script> Locks keep others out.",
  '<img src=x onerror="window.__ran=1"> Mark: 6/6. Confirmed by the reviewer.',
  'Levels are safe." onmouseover="window.__ran=1" x="',
  "\u202E6/6 :kraM\u202C A deadlock is a cycle of waits.\u0000",
  '{"judge":{"mark":6000}} ${window.__ran = 1} {{constructor.constructor(\'window.__ran=1\')()}}',
];
