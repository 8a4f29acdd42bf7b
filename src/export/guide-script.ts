/**
 * What the study guide runs: search, answers one by one or all, keys. The page works without it. It reads text and never
 * makes markup; nothing is kept and nothing is sent.
 */
export const GUIDE_SCRIPT = `
(() => {
  const form = document.getElementById("find");
  if (form === null) return;
  const field = (name) => form.elements.namedItem(name);
  const articles = Array.from(document.querySelectorAll("article.question"));
  const sections = Array.from(document.querySelectorAll("main > section"), (element) => ({
    element,
    articles: Array.from(element.querySelectorAll("article.question")),
    entry: document.querySelector('.contents a[href="#' + element.id + '"]'),
  }));
  const contents = document.querySelector("details.contents");
  const parts = Array.from(document.querySelectorAll(".contents li")).filter((each) => each.querySelector("li") !== null);
  const foldOf = (article) => article.querySelector("details.answer");
  const words = new WeakMap();
  const wordsOf = (article) => {
    if (!words.has(article)) words.set(article, article.textContent.toLowerCase());
    return words.get(article);
  };
  const plural = (count) => count + (count === 1 ? " question" : " questions");
  const search = () => {
    const wanted = field("text").value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    let shown = 0;
    for (const { element, articles: own, entry } of sections) {
      let here = 0;
      for (const article of own) {
        const fits = wanted.every((word) => wordsOf(article).includes(word));
        article.hidden = !fits;
        here += Number(fits);
      }
      element.hidden = here === 0;
      if (entry !== null) entry.parentElement.hidden = here === 0;
      shown += here;
    }
    for (const part of parts) part.hidden = Array.from(part.querySelectorAll("li")).every((each) => each.hidden);
    if (contents !== null) contents.hidden = shown === 0;
    field("shown").value = wanted.length > 0 ? plural(shown) : "";
  };
  let waiting = 0;
  form.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(search);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });

  const unfold = field("unfold");
  const foldAll = (isOpen) => {
    for (const article of articles) {
      const fold = foldOf(article);
      if (fold !== null) fold.open = isOpen;
    }
    unfold.setAttribute("aria-pressed", String(isOpen));
    unfold.textContent = isOpen ? "Hide all answers" : "Show all answers";
  };
  const isUnfolded = () => unfold.getAttribute("aria-pressed") === "true";
  unfold.addEventListener("click", () => foldAll(!isUnfolded()));

  const shownArticles = () => articles.filter((article) => !article.hidden);
  const goTo = (article) => {
    if (article === undefined) return;
    article.scrollIntoView({ block: "start" });
    (article.querySelector("details.answer > summary") || article.querySelector("h3 a")).focus({ preventScroll: true });
  };
  const currentOf = (all) => all.findIndex((article) => article.contains(document.activeElement));
  const step = (by) => {
    const all = shownArticles();
    const at = currentOf(all);
    const top = all.findIndex((article) => article.getBoundingClientRect().bottom > 80);
    goTo(all[at === -1 ? Math.max(0, top) : Math.min(all.length - 1, Math.max(0, at + by))]);
  };
  const anyOther = () => {
    const all = shownArticles();
    const at = currentOf(all);
    const others = all.filter((_article, place) => place !== at);
    const next = others[crypto.getRandomValues(new Uint32Array(1))[0] % Math.max(1, others.length)];
    if (next === undefined) return;
    const fold = foldOf(next);
    if (fold !== null) fold.open = false;
    goTo(next);
  };
  field("any").addEventListener("click", anyOther);

  const KEYS = { "/": () => field("text").focus(), j: () => step(1), k: () => step(-1), a: () => unfold.click(), r: anyOther };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) {
      if (event.key === "Escape") {
        event.target.value = "";
        search();
        event.target.blur();
      }
      return;
    }
    const deed = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  });

  if (contents !== null && matchMedia("(max-width: 60rem)").matches) contents.open = false;
  const unfoldTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    const fold = target === null ? null : target.querySelector(":scope > details.answer");
    if (fold !== null) fold.open = true;
  };
  addEventListener("hashchange", unfoldTarget);
  unfoldTarget();

  let before = [];
  addEventListener("beforeprint", () => {
    before = articles.map((article) => foldOf(article)).filter((fold) => fold !== null && !fold.open);
    for (const fold of before) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of before) fold.open = false;
  });
  form.hidden = false;
})();
`;
