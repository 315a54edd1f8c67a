// Theme, and the tie between the words of a report and its records. The pages work without any of it.
(() => {
  const root = document.documentElement;
  const saved = localStorage.getItem("theme");
  if (saved) root.dataset.theme = saved;
  document.querySelector(".theme")?.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
  const marks = [...document.querySelectorAll("mark[data-ids]")];
  const cards = [...document.querySelectorAll(".card[data-id]")];
  const ids = (mark) => mark.dataset.ids.split(" ");
  const show = (id, scroll) => {
    const kind = [...(cards.find((card) => card.dataset.id === id)?.classList ?? [])].find((name) => name.startsWith("k-"));
    for (const mark of marks) {
      const on = mark.classList.toggle("on", ids(mark).includes(id));
      if (on && kind) mark.dataset.on = kind.slice(2); else delete mark.dataset.on;
    }
    for (const card of cards) card.classList.toggle("on", card.dataset.id === id);
    if (scroll) marks.find((mark) => ids(mark).includes(id))?.scrollIntoView({ block: "center", behavior: "smooth" });
  };
  for (const card of cards) {
    card.addEventListener("mouseenter", () => show(card.dataset.id, false));
    card.addEventListener("focus", () => show(card.dataset.id, true));
    card.addEventListener("click", () => show(card.dataset.id, true));
  }
  for (const mark of marks) {
    mark.addEventListener("click", () => {
      const mine = cards.filter((card) => ids(mark).includes(card.dataset.id));
      const at = mine.findIndex((card) => card.classList.contains("on"));
      mine[(at + 1) % mine.length]?.focus();
    });
  }
  for (const box of document.querySelectorAll("[data-kind]")) {
    box.addEventListener("change", () => {
      const shown = new Set([...document.querySelectorAll("[data-kind]")].filter((b) => b.checked).map((b) => "k-" + b.dataset.kind));
      for (const mark of marks) mark.classList.toggle("dim", ![...mark.classList].some((name) => shown.has(name)));
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { const box = document.querySelector("[data-search]") ?? document.querySelector(".find input"); if (box) { event.preventDefault(); box.focus(); } }
    if ((event.key === "j" || event.key === "k") && cards.length) {
      const at = cards.indexOf(document.activeElement);
      cards[Math.max(0, Math.min(cards.length - 1, at + (event.key === "j" ? 1 : -1)))].focus();
    }
  });
})();
