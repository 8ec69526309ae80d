// The part of H5P's player that our own small libraries use, under the same names, so that they run on either.
(function () {
  "use strict";
  var H5P = window.H5P;
  var VERBS = "http://adlnet.gov/expapi/verbs/";
  H5P.instances = [];
  H5P.isFramed = window.self !== window.parent;

  H5P.createUUID = function () {
    return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, function (letter) {
      var random = (Math.random() * 16) | 0;
      return (letter === "x" ? random : (random & 3) | 8).toString(16);
    });
  };

  H5P.Event = function (type, data, extras) {
    this.type = type;
    this.data = data;
    this.extras = extras || {};
  };
  H5P.Event.prototype.getBubbles = function () { return Boolean(this.extras.bubbles); };

  H5P.EventDispatcher = function () {
    var listeners = {};
    this.on = function (type, heard, context) {
      (listeners[type] = listeners[type] || []).push({ heard: heard, context: context || this });
    };
    this.off = function (type, heard) {
      listeners[type] = (listeners[type] || []).filter(function (one) { return heard && one.heard !== heard; });
    };
    this.once = function (type, heard, context) {
      var self = this;
      this.on(type, function once(event) { self.off(type, once); heard.call(context || self, event); });
    };
    this.trigger = function (event, data, extras) {
      var told = event instanceof H5P.Event ? event : new H5P.Event(event, data, extras);
      (listeners[told.type] || []).slice().forEach(function (one) { one.heard.call(one.context, told); });
      if (told.type === "xAPI" && this !== H5P.externalDispatcher) H5P.externalDispatcher.trigger(told);
    };
  };

  H5P.XAPIEvent = function () {
    H5P.Event.call(this, "xAPI", { statement: {} }, { bubbles: true, external: true });
  };
  H5P.XAPIEvent.prototype = Object.create(H5P.Event.prototype);
  H5P.XAPIEvent.prototype.setVerb = function (verb) {
    this.data.statement.verb = { id: VERBS + verb, display: { "en-US": verb } };
  };
  H5P.XAPIEvent.prototype.getVerb = function () { return this.data.statement.verb.id.slice(VERBS.length); };
  H5P.XAPIEvent.prototype.getVerifiedStatementValue = function (keys) {
    return keys.reduce(function (value, key) { return value === undefined || value === null ? null : value[key]; }, this.data.statement);
  };
  H5P.XAPIEvent.prototype.setObject = function (instance) {
    this.data.statement.object = {
      id: "urn:h5p",
      objectType: "Activity",
      definition: { extensions: instance.subContentId ? { "http://h5p.org/x-api/h5p-subContentId": instance.subContentId } : {} },
    };
  };
  H5P.XAPIEvent.prototype.setScoredResult = function (score, maximum, instance, completion, success) {
    var result = { score: { raw: score, min: 0, max: maximum } };
    if (maximum > 0) result.score.scaled = Math.round((score / maximum) * 10000) / 10000;
    result.completion = completion === undefined ? true : completion;
    if (success !== undefined) result.success = success;
    this.data.statement.result = result;
  };

  H5P.EventDispatcher.prototype.createXAPIEventTemplate = function (verb, extra) {
    var event = new H5P.XAPIEvent();
    event.setVerb(verb);
    event.setObject(this);
    Object.assign(event.data.statement, extra || {});
    return event;
  };
  H5P.EventDispatcher.prototype.triggerXAPI = function (verb, extra) {
    this.trigger(this.createXAPIEventTemplate(verb, extra));
  };
  H5P.EventDispatcher.prototype.triggerXAPIScored = function (score, maximum, verb, completion, success) {
    var event = this.createXAPIEventTemplate(verb);
    event.setScoredResult(score, maximum, this, completion, success);
    this.trigger(event);
  };
  H5P.EventDispatcher.prototype.setActivityStarted = function () {
    if (!this.activityStarted) this.triggerXAPI("attempted");
    this.activityStarted = Date.now();
  };
  H5P.externalDispatcher = new H5P.EventDispatcher();

  H5P.getPath = function (path) {
    return /^[a-z]+:/i.test(path) ? path : window.H5PIntegration.contents["cid-1"].contentUrl + "/" + path;
  };
  H5P.setUserData = function () {};

  // "BinhDan.Choice 1.0" is found as window.BinhDan.Choice.
  H5P.newRunnable = function (library, contentId, attachTo, skipResize, extras) {
    var found = library.library.split(" ")[0].split(".").reduce(function (inside, name) { return inside && inside[name]; }, window);
    if (typeof found !== "function") return undefined;
    var given = Object.assign({ metadata: library.metadata, subContentId: library.subContentId }, extras);
    if (library.userDatas && library.userDatas.state) given.previousState = library.userDatas.state;
    var made = new found(library.params, contentId, given);
    made.contentId = contentId;
    made.subContentId = library.subContentId;
    made.libraryInfo = { versionedName: library.library };
    if (attachTo) made.attach([attachTo[0] || attachTo]);
    return made;
  };

  function save(instance) {
    if (typeof instance.getCurrentState === "function") H5P.setUserData(1, "state", instance.getCurrentState());
  }

  document.addEventListener("DOMContentLoaded", function () {
    var content = window.H5PIntegration.contents["cid-1"];
    var state = content.contentUserData[0].state;
    var place = document.querySelector(".h5p-content");
    var inside = document.createElement("div");
    inside.className = "h5p-container";
    place.append(inside);
    var library = { library: content.library, params: JSON.parse(content.jsonContent), metadata: content.metadata };
    if (state) library.userDatas = { state: JSON.parse(state) };
    var instance = H5P.newRunnable(library, 1, [inside], true, { standalone: true });
    if (!instance) return;
    H5P.instances.push(instance);
    instance.on("xAPI", function () { save(instance); });
    window.addEventListener("resize", function () { instance.trigger("resize"); });
    window.setInterval(function () { save(instance); }, window.H5PIntegration.saveFreq * 1000);
    H5P.externalDispatcher.trigger("initialized");
  });
})();
