/**
 * What the page runs: a filter over the answers, and folds that open for the place an address points to. The page works
 * without it. It reads text and never makes markup.
 */
export const REPORT_SCRIPT = `
(() => {
  const form = document.getElementById("filter");
  if (form === null) return;
  const field = (name) => form.elements.namedItem(name);
  const people = Array.from(document.querySelectorAll("details.candidate"), (element) => ({
    element,
    code: element.querySelector("h3").textContent.toLowerCase(),
    answers: Array.from(element.querySelectorAll("article.answer")),
  }));
  const words = new WeakMap();
  const wordsOf = (article) => {
    if (!words.has(article)) words.set(article, article.textContent.toLowerCase());
    return words.get(article);
  };
  const apply = () => {
    const text = field("text").value.trim().toLowerCase();
    const question = field("question").value;
    const state = field("state").value;
    const isFiltering = text !== "" || question !== "" || state !== "";
    let shown = 0;
    for (const { element, code, answers } of people) {
      let own = 0;
      for (const article of answers) {
        const fits =
          (question === "" || article.dataset.question === question) &&
          (state === "" || article.dataset.state === state) &&
          (text === "" || code.includes(text) || wordsOf(article).includes(text));
        article.hidden = !fits;
        own += Number(fits);
      }
      element.hidden = own === 0;
      shown += own;
    }
    field("shown").value = isFiltering ? shown + (shown === 1 ? " answer" : " answers") : "";
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  field("unfold").addEventListener("click", ({ currentTarget }) => {
    const isFolding = currentTarget.dataset.unfolded === "yes";
    for (const { element } of people) element.open = !isFolding;
    currentTarget.dataset.unfolded = isFolding ? "no" : "yes";
    currentTarget.textContent = isFolding ? "Unfold all" : "Fold all";
  });
  const unfoldTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    const around = target === null ? null : target.closest("details");
    if (around === null || around.open) return;
    around.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfoldTarget);
  unfoldTarget();
  form.hidden = false;
})();
`;
