// <form data-checklist>: Enter goes to the next control instead of sending the form (its buttons and their keys send it);
// arrows up and down go from tick to tick; Space ticks, as ever.
(() => {
  const CONTROLS = "input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea, button[type=submit]";

  const step = (form, from, selector, by) => {
    const controls = [...form.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    const next = controls[controls.indexOf(from) + by];
    next?.focus();
    if (next?.matches("input:not([type=checkbox]):not([type=radio])")) next.select?.();
  };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const form = target.form;
    if (event.isComposing || event.ctrlKey || event.altKey || !form?.hasAttribute("data-checklist")) return;
    if (event.key === "Enter" && target.matches("input, select") && !target.hasAttribute("data-enter-sends")) {
      event.preventDefault();
      step(form, target, CONTROLS, event.shiftKey ? -1 : 1);
    } else if (target.matches("input.tick[type=checkbox]") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(form, target, "input.tick[type=checkbox]", event.key === "ArrowDown" ? 1 : -1);
    }
  });
})();
