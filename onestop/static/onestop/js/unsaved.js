// <form data-unsaved>: leaving the page with something typed and not sent asks first.
(() => {
  let changed = false;
  document.addEventListener("input", (event) => {
    if (event.target.form?.hasAttribute("data-unsaved")) changed = true;
  });
  document.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();
