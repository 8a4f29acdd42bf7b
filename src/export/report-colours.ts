const LIGHT = `
  --page: #faf8f4; --surface: #ffffff; --ink: #1d1e22; --muted: #5c606a;
  --line: #e8e4db; --line-strong: #b8b3a8; --accent: #1f7396; --shadow: 0 1px 2px rgb(60 50 30 / .06), 0 4px 16px rgb(60 50 30 / .05);
  --heat-0: #f8efcd; --heat-1: #d9edb9; --heat-2: #93d3bb; --heat-3: #47b3c4; --heat-4: #2275aa; --heat-5: #24418f;
  --on-heat-0: #16211f; --on-heat-1: #16211f; --on-heat-2: #16211f; --on-heat-3: #16211f; --on-heat-4: #fff; --on-heat-5: #fff;
  --s-graded: #1f7396; --s-overridden: #6553c9; --s-needs-review: #d08300; --s-blank: #9b9da4;
  --s-refused: #a3528f; --s-error: #c8372d; --s-stale: #8a6d3b;
  --penalty: #b3261e; --penalty-soft: #f6cfc9; --on-penalty: #fff; --on-penalty-soft: #16211f;
  --review: #b87300; --review-soft: #eec887;
  --k0: #ffe7a0; --k1: #c6e4ff; --k2: #c9edc6; --k3: #ffd0dc; --k4: #e1d5ff; --k5: #ffd9bc; --k6: #bfeeea; --k7: #e4ecaa;
`;

const DARK = `
  --page: #131519; --surface: #1b1e24; --ink: #eae8e3; --muted: #a5a9b3;
  --line: #2b2f37; --line-strong: #545a66; --accent: #55b4c8; --shadow: none;
  --heat-0: #2b2e37; --heat-1: #204763; --heat-2: #1f6a86; --heat-3: #33a0a4; --heat-4: #80cca8; --heat-5: #e5f0a4;
  --on-heat-0: #f1f0ec; --on-heat-1: #f1f0ec; --on-heat-2: #fff; --on-heat-3: #0e1514; --on-heat-4: #0e1514; --on-heat-5: #0e1514;
  --s-graded: #55b4c8; --s-overridden: #a99cf5; --s-needs-review: #e8a13a; --s-blank: #757a85;
  --s-refused: #d08bc4; --s-error: #f0736a; --s-stale: #c0a26c;
  --penalty: #ee8a80; --penalty-soft: #5e2a27; --on-penalty: #0e1514; --on-penalty-soft: #f1f0ec;
  --review: #e8a13a; --review-soft: #7d5d2b;
  --k0: #5c4a12; --k1: #173f63; --k2: #1f4f2b; --k3: #632539; --k4: #403270; --k5: #613716; --k6: #114d4b; --k7: #484f14;
`;

/**
 * The colours of the page in both schemes. The heat scale goes from pale to deep on paper and from dark to bright on black, so
 * that much credit stands out in either, and each step comes with a colour of text that reaches a contrast of 4.5.
 */
export const REPORT_COLOURS = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
@media print { :root { color-scheme: light; ${LIGHT} } }
`;
