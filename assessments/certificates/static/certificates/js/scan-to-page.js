// On the form: a scanned code opens its page. What stands behind # goes along and stays in this browser.

import { servePanel } from "./camera-panel.js";

const panel = document.querySelector("[data-scan]");
servePanel(panel, ({ code, ticket }) => {
  location.assign(panel.dataset.scan.replace("CODE", code) + (ticket ? `#${ticket}` : ""));
});
