// A story in scenes: choose what to say, see what follows. With points it judges at the end; without them it only sends.
window.BinhDan = window.BinhDan || {};
window.BinhDan.Branching = (function () {
  "use strict";
  var WORDS = {
    choose: "Chọn một cách trả lời.", me: "Mình", pressure: "Bị giục", pressure1: "nhẹ", pressure2: "vừa",
    pressure3: "mạnh", points: "Điểm", ended: "Hết chuyện.", sent: "Đã gửi câu trả lời.",
  };

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function plain(html) {
    var holder = document.createElement("textarea"); // texts come escaped; nothing in it is ever run
    holder.innerHTML = html || "";
    return holder.value;
  }

  function Branching(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.words = Object.assign({}, WORDS, params.l10n);
    this.scenes = params.scenes || [];
    this.hasKey = this.scenes.some(function (scene) {
      return (scene.choices || []).some(function (choice) { return choice.points !== undefined; });
    });
    var previous = (extras && extras.previousState) || {};
    this.path = [];
    this.kept = Array.isArray(previous.path) ? previous.path : [];
  }
  Branching.prototype = Object.create(H5P.EventDispatcher.prototype);
  Branching.prototype.constructor = Branching;

  Branching.prototype.attach = function ($container) {
    var root = $container[0];
    root.classList.add("bd-branching");
    var task = make("div", "bd-task");
    task.innerHTML = this.params.task || ""; // cleaned by the server when the activity was taken in
    this.told = make("ol", "bd-told");
    this.scene = make("div", "bd-scene");
    this.scene.tabIndex = -1;
    this.choices = make("div", "bd-choices");
    this.said = make("p", "bd-said");
    this.said.setAttribute("role", "status");
    root.append(task, this.told, this.scene, this.choices, this.said);
    this.now = this.scenes[0];
    this.goOn();
    this.draw();
    this.setActivityStarted();
  };

  // Walks again to where the person stopped; a state that does not fit this story is left where it stops fitting.
  Branching.prototype.goOn = function () {
    for (var step = 0; step < this.kept.length; step++) {
      var choice = (this.now.choices || [])[this.kept[step]];
      if (!choice || !this.scenes[choice.next - 1]) return;
      this.take(this.kept[step]);
    }
  };

  Branching.prototype.take = function (index) {
    var choice = this.now.choices[index];
    this.told.append(this.line(this.now.speaker, this.now.text, "bd-other"));
    this.told.append(this.line(this.words.me, choice.text, "bd-mine", choice.said));
    this.path.push(index);
    this.now = this.scenes[choice.next - 1];
  };

  Branching.prototype.line = function (speaker, text, className, said) {
    var line = make("li", "bd-line " + className);
    if (speaker) line.append(make("b", "bd-who", plain(speaker) + ":"));
    line.append(make("span", "", plain(text)));
    if (said) line.append(make("p", "bd-word", plain(said)));
    return line;
  };

  Branching.prototype.draw = function () {
    var self = this;
    var words = this.words;
    var given = this.now.choices || [];
    var pressure = Math.min(Math.max(Math.round(this.now.pressure) || 0, 0), 3);
    this.scene.replaceChildren();
    if (pressure) {
      var bar = make("p", "bd-pressure bd-pressure-" + pressure, words.pressure + ": " + words["pressure" + pressure]);
      this.scene.append(bar);
    }
    if (this.now.speaker) this.scene.append(make("b", "bd-who", plain(this.now.speaker) + ":"));
    this.scene.append(make("p", "bd-text", plain(this.now.text)));
    this.choices.replaceChildren.apply(this.choices, given.map(function (choice, index) { return self.button(choice, index); }));
    if (given.length) this.choices.prepend(make("p", "bd-hint", words.choose));
    this.trigger("resize");
  };

  Branching.prototype.button = function (choice, index) {
    var self = this;
    var button = make("button", "bd-choice-button", plain(choice.text));
    button.type = "button";
    button.addEventListener("click", function () { self.choose(index); });
    return button;
  };

  Branching.prototype.choose = function (index) {
    if (!this.scenes[this.now.choices[index].next - 1]) return;
    this.take(index);
    this.draw();
    this.scene.focus();
    this.triggerXAPI("interacted");
    if (!(this.now.choices || []).length) this.end();
  };

  Branching.prototype.end = function () {
    var words = this.words;
    if (this.now.said) this.scene.append(make("p", "bd-word", plain(this.now.said)));
    this.said.textContent = words.ended + " " +
      (this.hasKey ? words.points + ": " + this.getScore() + "/" + this.getMaxScore() + "." : words.sent);
    this.trigger(this.answered());
    this.trigger("resize");
  };

  Branching.prototype.getScore = function () {
    var scene = this.scenes[0];
    var scenes = this.scenes;
    if (!this.hasKey) return 0;
    return this.path.reduce(function (sum, index) {
      var choice = scene.choices[index];
      scene = scenes[choice.next - 1];
      return sum + (choice.points || 0);
    }, 0);
  };

  // Points of the best way; a story that comes back to a scene counts it once.
  Branching.prototype.getMaxScore = function () {
    var scenes = this.scenes;
    var known = {};
    function best(position) {
      if (known[position] !== undefined) return known[position];
      known[position] = 0;
      var ways = ((scenes[position] || {}).choices || []).map(function (choice) {
        return (choice.points || 0) + best(choice.next - 1);
      });
      known[position] = Math.max.apply(null, [0].concat(ways));
      return known[position];
    }
    return best(0);
  };

  Branching.prototype.answered = function () {
    var event = this.createXAPIEventTemplate("answered");
    if (this.hasKey) event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === this.getMaxScore());
    var statement = event.data.statement;
    statement.result = Object.assign({}, statement.result, { response: this.path.join("[,]"), completion: true });
    statement.object.definition.interactionType = "other";
    return event;
  };
  Branching.prototype.getXAPIData = function () { return { statement: this.answered().data.statement }; };
  Branching.prototype.getCurrentState = function () { return { path: this.path.slice() }; };
  return Branching;
})();
