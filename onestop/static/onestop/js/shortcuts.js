// data-key="F9", "Alt+1", "Ctrl+Enter", "/", "?": the key does what a click does. A field gets the focus, a section gives it
// to its first control, <details> opens. One letter alone is typed, not obeyed, while a text field has the focus.
(() => {
  const CONTROLS = "input:not([type=hidden]):not([disabled]), select, textarea, button, a[href]";
  const WRITES = "input:not([type=checkbox]):not([type=radio]), textarea, select";

  const nameOf = (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const parts = [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.metaKey && "Meta"].filter(Boolean);
    // With Alt some layouts send another sign for a digit: the place of the key is what is printed on it.
    const sign = event.altKey && /^Digit\d$/.test(event.code) ? event.code.slice(5) : key;
    return [...parts, sign].join("+");
  };

  const find = (name) => [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key.toLowerCase() === name.toLowerCase() && element.checkVisibility(),
  );

  const obey = (element) => {
    if (element.matches("details")) {
      element.open = !element.open;
      element.querySelector("summary").focus();
    } else if (element.matches(WRITES)) {
      element.focus();
      element.select?.();
    } else if (element.matches("button, a, label, input")) {
      element.click();
    } else {
      element.querySelector(CONTROLS)?.focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat) return;
    const isSign = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isSign && event.target.closest(WRITES)) return;
    const element = find(nameOf(event));
    if (!element) return;
    event.preventDefault();
    obey(element);
  });

  for (const element of document.querySelectorAll("[data-key]")) {
    if (element.matches("button, a, input")) element.setAttribute("aria-keyshortcuts", element.dataset.key.replace("Ctrl", "Control"));
  }
})();
