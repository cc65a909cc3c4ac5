"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // The theme: as the system has it, or as it was chosen. A page opened from a file may have no storage.
  const themes = ["automatic", "light", "dark"];
  const button = one("#theme");
  const remember = (name) => { try { localStorage.setItem("checkpost-theme", name); } catch { /* not kept */ } };
  const remembered = () => { try { return localStorage.getItem("checkpost-theme"); } catch { return null; } };
  const setTheme = (name) => {
    document.documentElement.dataset.theme = name;
    button.textContent = `Theme: ${name}`;
  };
  setTheme(themes.includes(remembered()) ? remembered() : "automatic");
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length];
    setTheme(next);
    remember(next);
  });
  button.hidden = false;

  // On paper what is folded lies open, but for what a summary or a chart already says, and is folded again afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open], .clauses, .chart *)");
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
  one("#print").addEventListener("click", () => print());
  one("#print").hidden = false;

  const cards = all(".finding").map((node) => ({
    node,
    severity: node.dataset.severity,
    concern: node.dataset.concern,
    policy: JSON.parse(node.dataset.policies),
    clause: JSON.parse(node.dataset.clauses),
  }));
  const filters = one(".filters");
  if (!filters) return;
  filters.hidden = false;
  const boxes = all("input[name=severity]", filters);
  const marks = all(".mark").map((node) => ({ node, findings: node.dataset.findings.split(" ") }));
  const posts = all(".post").map((node) => ({ node, findings: all(".finding", node).map((card) => card.id) }));
  const chosen = (name) => one(`select[name=${name}]`)?.value ?? "";

  const apply = () => {
    const severities = boxes.filter((box) => box.checked).map((box) => box.value);
    const [concern, policy, clause] = ["concern", "policy", "clause"].map(chosen);
    const fits = (card) => severities.includes(card.severity) && (!concern || card.concern === concern)
      && (!policy || card.policy.includes(policy)) && (!clause || card.clause.includes(clause));
    const shown = new Set();
    for (const card of cards) {
      card.node.hidden = !fits(card);
      if (!card.node.hidden) shown.add(card.node.id);
    }
    const filtered = shown.size < cards.length;
    for (const mark of marks) mark.node.classList.toggle("off", !mark.findings.some((id) => shown.has(id)));
    for (const post of posts) post.node.hidden = filtered && !post.findings.some((id) => shown.has(id));
    const left = posts.filter((post) => !post.node.hidden).length;
    one("#shown").textContent = `${shown.size} of ${cards.length} findings shown, in ${left} ${left === 1 ? "post" : "posts"}`;
    one("#reset").disabled = !filtered;
  };
  const reset = () => {
    boxes.forEach((box) => { box.checked = true; });
    all("select", filters).forEach((select) => { select.value = ""; });
    apply();
  };
  filters.addEventListener("change", apply);
  one("#reset").addEventListener("click", () => { reset(); boxes[0].focus(); });
  // A link to a finding leads to its card even where a filter has hidden it.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a.mark, a.ref");
    if (link && one(link.getAttribute("href"))?.hidden) reset();
  });
  apply();
})();
