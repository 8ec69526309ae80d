// Last of the player: tells the page around the frame what happens. The page believes nothing of it but the answers.
(function () {
  "use strict";
  var H5P = window.H5P;
  var integration = window.H5PIntegration;
  var asked = {};

  function tell(kind, body) {
    var message = Object.assign({ h5p: 1, kind: kind }, body);
    try {
      window.parent.postMessage(JSON.parse(JSON.stringify(message)), integration.parentOrigin);
    } catch (problem) {
      // A value that cannot be written down is not sent; the activity goes on.
    }
  }

  function plain(statement) {
    return statement && statement.data ? statement.data.statement : statement;
  }

  // The whole tree of answers as the content type tells it, with its state where it has one.
  function snapshot(instance, statement) {
    var tree = { statement: statement };
    if (typeof instance.getXAPIData === "function") {
      var data = instance.getXAPIData();
      if (data && data.statement) tree = data;
    }
    if (typeof instance.getCurrentState === "function") {
      var state = instance.getCurrentState();
      if (state !== undefined && state !== null) tree = Object.assign({}, tree, { state: state });
    }
    return tree;
  }

  function isWhole(statement) {
    var context = statement.context && statement.context.contextActivities;
    return !(context && context.parent && context.parent.length);
  }

  H5P.setUserData = function (contentId, name, state) {
    if (name === "state" && state !== undefined) tell("state", { state: state });
  };

  H5P.externalDispatcher.on("xAPI", function (event) {
    var statement = plain(event);
    if (!statement || !statement.verb) return;
    tell("statement", { statement: statement });
    var verb = String(statement.verb.id).split("/").pop();
    if (!isWhole(statement) || (verb !== "answered" && verb !== "completed")) return;
    var instance = H5P.instances[0];
    clearTimeout(asked.result);
    // An activity that says both "answered" and "completed" ends once.
    asked.result = setTimeout(function () {
      tell("result", { snapshot: snapshot(instance, statement), claimed: statement.result && statement.result.score });
    }, 50);
  });

  var last = 0;
  function measure() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (Math.abs(height - last) > 1) {
      last = height;
      tell("size", { height: height });
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    new ResizeObserver(measure).observe(document.body);
    new ResizeObserver(function () {
      var instance = H5P.instances[0];
      if (instance) H5P.trigger ? H5P.trigger(instance, "resize") : instance.trigger("resize");
    }).observe(document.documentElement);
    tell("ready", {});
  });
})();
