// Starts the parts of govuk-frontend that the pages use. Without this file the same pages work by HTML alone.
// The page names the module, since only the page knows its name with the hash.
const { createAll, Button, Checkboxes, ErrorSummary, Radios } = await import(
  document.querySelector("script[data-parts]").dataset.parts
);

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const part of [Button, Checkboxes, ErrorSummary, Radios]) createAll(part);
// Parts that htmx put in later start too.
document.body.addEventListener("htmx:afterSwap", (event) => {
  for (const part of [Button, Checkboxes, ErrorSummary, Radios]) createAll(part, undefined, event.target);
});
