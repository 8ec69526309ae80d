// First in the frame: what the libraries expect of a browser but a page without origin does not have.
(function () {
  "use strict";
  function memory() {
    var kept = new Map();
    return {
      getItem: function (key) { return kept.has(String(key)) ? kept.get(String(key)) : null; },
      setItem: function (key, value) { kept.set(String(key), String(value)); },
      removeItem: function (key) { kept.delete(String(key)); },
      clear: function () { kept.clear(); },
      key: function (n) { return Array.from(kept.keys())[n] || null; },
      get length() { return kept.size; },
    };
  }
  ["localStorage", "sessionStorage"].forEach(function (name) {
    Object.defineProperty(window, name, { value: memory(), configurable: true });
  });
  window.H5PIntegration = JSON.parse(document.getElementById("h5p-data").textContent);
  window.H5P = window.H5P || {};
})();
