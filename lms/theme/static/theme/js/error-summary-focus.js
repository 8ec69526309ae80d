// After a form came back with errors, start reading at their summary.
document.querySelector("[data-error-summary]")?.focus();
