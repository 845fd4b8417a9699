// A second click on the button of a form that is already on its way does nothing. The server accepts once in any case;
// this only spares the wait for its answer. Coming back with the browser's button, the form can be sent again.
(() => {
  const sent = new WeakSet();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // target: the answer opens elsewhere, so this page stays and must stay usable. htmx guards its own requests.
    if (event.defaultPrevented || form.method !== "post" || form.target || form.hasAttribute("hx-post")) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    event.submitter?.setAttribute("aria-disabled", "true");
  });

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) sent.delete(form);
    for (const button of document.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  });
})();
