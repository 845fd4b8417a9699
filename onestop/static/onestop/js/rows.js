// <table data-rows>: J and K move through the rows, X ticks a row's box, Enter opens its first link (or [data-open]).
// <input type=checkbox data-check-all="name"> ticks all boxes of that name.
(() => {
  const rowsOf = () => [...document.querySelectorAll("[data-rows] tbody tr")];
  let at = -1;

  const move = (by) => {
    const rows = rowsOf();
    if (!rows.length) return;
    rows[at]?.classList.remove("is-cursor");
    at = Math.max(0, Math.min(rows.length - 1, at + by));
    rows[at].classList.add("is-cursor");
    rows[at].querySelector("[data-open], a[href]")?.focus();
    rows[at].scrollIntoView({ block: "nearest" });
  };

  const tick = () => rowsOf()[at]?.querySelector("input[type=checkbox]")?.click();

  const ACTS = { j: () => move(1), k: () => move(-1), x: tick };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const act = ACTS[event.key.toLowerCase()];
    if (!act || !document.querySelector("[data-rows]")) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("change", (event) => {
    const name = event.target.dataset.checkAll;
    if (!name) return;
    for (const box of document.querySelectorAll(`input[type=checkbox][name="${name}"]`)) box.checked = event.target.checked;
  });
})();
