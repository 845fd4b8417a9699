// .stepper input: arrows up and down change the number by one, never below zero.
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".stepper input") || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const input = event.target;
  const value = (Number.parseInt(input.value, 10) || 0) + (event.key === "ArrowUp" ? 1 : -1);
  input.value = String(Math.max(0, value));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
