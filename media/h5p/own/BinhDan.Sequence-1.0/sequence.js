// Steps to put in order with two buttons each. With a key ("items" stand in the right order) it judges; else it sends.
window.BinhDan = window.BinhDan || {};
window.BinhDan.Sequence = (function () {
  "use strict";
  var WORDS = {
    check: "Trả lời", up: "Lên", down: "Xuống", right: "Đúng chỗ", wrong: "Chưa đúng chỗ",
    sent: "Đã gửi câu trả lời.", place: "Vị trí",
  };

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function plain(html) {
    var holder = document.createElement("textarea"); // texts come escaped; nothing in it is ever run
    holder.innerHTML = html;
    return holder.value;
  }

  function Sequence(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.words = Object.assign({}, WORDS, params.l10n);
    this.items = (params.items || []).map(plain);
    this.hasKey = params.mixed !== true;
    this.order = this.items.map(function (_, index) { return index; });
    var previous = extras && extras.previousState;
    if (previous && previous.order && previous.order.length === this.order.length) this.order = previous.order.slice();
    else if (this.hasKey) this.mix();
  }
  Sequence.prototype = Object.create(H5P.EventDispatcher.prototype);
  Sequence.prototype.constructor = Sequence;

  // Never the right order at the start.
  Sequence.prototype.mix = function () {
    do {
      for (var last = this.order.length - 1; last > 0; last--) {
        var other = Math.floor(Math.random() * (last + 1));
        var kept = this.order[last];
        this.order[last] = this.order[other];
        this.order[other] = kept;
      }
    } while (this.order.length > 1 && this.getScore() === this.getMaxScore());
  };

  Sequence.prototype.attach = function ($container) {
    var self = this;
    var root = $container[0];
    root.classList.add("bd-sequence");
    var task = make("div", "bd-task");
    task.innerHTML = this.params.task || ""; // cleaned by the server when the activity was taken in
    this.list = make("ol", "bd-list");
    this.said = make("p", "bd-said");
    this.said.setAttribute("role", "status");
    this.button = make("button", "bd-button", this.words.check);
    this.button.type = "button";
    this.button.addEventListener("click", function () { self.check(); });
    root.append(task, this.list, this.button, this.said);
    this.draw();
    this.setActivityStarted();
  };

  Sequence.prototype.draw = function () {
    var self = this;
    this.list.replaceChildren.apply(this.list, this.order.map(function (index, place) { return self.row(index, place); }));
  };

  Sequence.prototype.row = function (index, place) {
    var row = make("li", "bd-row");
    row.append(make("span", "bd-text", this.items[index]));
    row.append(this.mover(this.words.up, index, place, -1), this.mover(this.words.down, index, place, 1));
    return row;
  };

  Sequence.prototype.mover = function (word, index, place, step) {
    var self = this;
    var button = make("button", "bd-move", step < 0 ? "↑" : "↓");
    button.type = "button";
    button.setAttribute("aria-label", word + ": " + this.items[index]);
    button.disabled = place + step < 0 || place + step >= this.order.length;
    button.addEventListener("click", function () { self.move(place, step); });
    return button;
  };

  Sequence.prototype.move = function (place, step) {
    var moved = this.order.splice(place, 1)[0];
    this.order.splice(place + step, 0, moved);
    this.draw();
    var buttons = this.list.children[place + step].querySelectorAll("button");
    var same = buttons[step < 0 ? 0 : 1];
    (same.disabled ? buttons[step < 0 ? 1 : 0] : same).focus();
    this.said.textContent = this.items[moved] + ". " + this.words.place + " " + (place + step + 1) + ".";
    this.triggerXAPI("interacted");
  };

  Sequence.prototype.check = function () {
    var self = this;
    this.button.remove();
    this.list.querySelectorAll("button").forEach(function (button) { button.remove(); });
    if (this.hasKey) {
      this.order.forEach(function (index, place) {
        var isRight = index === place;
        var row = self.list.children[place];
        row.classList.add(isRight ? "bd-right" : "bd-wrong");
        row.append(make("span", "bd-word", isRight ? self.words.right : self.words.wrong));
      });
      this.said.textContent = plain(this.params.after || "") || this.getScore() + "/" + this.getMaxScore();
    } else this.said.textContent = this.words.sent;
    this.said.tabIndex = -1;
    this.said.focus();
    this.trigger(this.answered());
    this.trigger("resize");
  };

  Sequence.prototype.getScore = function () {
    return this.hasKey ? this.order.filter(function (index, place) { return index === place; }).length : 0;
  };
  Sequence.prototype.getMaxScore = function () { return this.items.length; };

  Sequence.prototype.answered = function () {
    var event = this.createXAPIEventTemplate("answered");
    if (this.hasKey) event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === this.getMaxScore());
    var statement = event.data.statement;
    statement.result = Object.assign({}, statement.result, { response: this.order.join("[,]"), completion: true });
    statement.object.definition.interactionType = "sequencing";
    return event;
  };
  Sequence.prototype.getXAPIData = function () { return { statement: this.answered().data.statement }; };
  Sequence.prototype.getCurrentState = function () { return { order: this.order.slice() }; };
  return Sequence;
})();
