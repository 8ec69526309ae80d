// A question with one or several right answers. Judges by the key where it has one; without a key it only sends.
window.BinhDan = window.BinhDan || {};
window.BinhDan.Choice = (function () {
  "use strict";
  var WORDS = {
    check: "Trả lời", again: "Làm lại", pickOne: "Chọn một ý.", pickSeveral: "Có thể chọn nhiều ý.",
    pickFirst: "Hãy chọn một ý trước đã.", right: "Đúng", wrong: "Chưa đúng", sent: "Đã gửi câu trả lời.",
  };
  var count = 0;

  function make(tag, className, html) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (html) element.innerHTML = html; // cleaned by the server when the activity was taken in
    return element;
  }

  function Choice(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.words = Object.assign({}, WORDS, params.l10n);
    this.answers = params.answers || [];
    this.hasKey = this.answers.some(function (answer) { return answer.correct !== undefined; });
    var behaviour = params.behaviour || {};
    var right = this.answers.filter(function (answer) { return answer.correct; }).length;
    this.isSingle = behaviour.type === "single" || (behaviour.type !== "multi" && right === 1);
    this.order = this.answers.map(function (_, index) { return index; });
    var previous = extras && extras.previousState;
    if (previous && previous.order && previous.order.length === this.order.length) this.order = previous.order;
    else if (behaviour.randomAnswers !== false && this.hasKey) this.mix();
    this.chosen = previous && previous.answers ? previous.answers.slice() : [];
    this.name = "choice-" + ++count;
  }
  Choice.prototype = Object.create(H5P.EventDispatcher.prototype);
  Choice.prototype.constructor = Choice;

  Choice.prototype.mix = function () {
    for (var last = this.order.length - 1; last > 0; last--) {
      var other = Math.floor(Math.random() * (last + 1));
      var kept = this.order[last];
      this.order[last] = this.order[other];
      this.order[other] = kept;
    }
  };

  Choice.prototype.attach = function ($container) {
    var self = this;
    var root = $container[0];
    root.classList.add("bd-choice");
    // No form: a frame without origin may send none.
    this.form = make("div", "bd-form");
    var group = make("fieldset");
    var legend = make("legend", "bd-question");
    legend.append(make("div", "", this.params.question));
    legend.append(make("p", "bd-hint", this.isSingle ? this.words.pickOne : this.words.pickSeveral));
    group.append(legend);
    this.inputs = {};
    this.order.forEach(function (index) { group.append(self.option(index)); });
    this.said = make("p", "bd-said");
    this.said.setAttribute("role", "status");
    this.button = make("button", "bd-button", this.words.check);
    this.button.type = "button";
    this.button.addEventListener("click", function () { self.check(); });
    this.form.append(group, this.button, this.said);
    root.append(this.form);
    this.setActivityStarted();
  };

  Choice.prototype.option = function (index) {
    var self = this;
    var label = make("label", "bd-option");
    var input = document.createElement("input");
    input.type = this.isSingle ? "radio" : "checkbox";
    input.name = this.name;
    input.checked = this.chosen.indexOf(index) >= 0;
    input.addEventListener("change", function () { self.pick(); });
    this.inputs[index] = input;
    label.append(input, make("span", "", this.answers[index].text));
    return label;
  };

  Choice.prototype.pick = function () {
    var self = this;
    this.chosen = this.order.filter(function (index) { return self.inputs[index].checked; });
    this.said.textContent = "";
    this.triggerXAPI("interacted");
  };

  Choice.prototype.check = function () {
    if (!this.chosen.length) {
      this.said.textContent = this.words.pickFirst;
      return;
    }
    for (var index in this.inputs) this.inputs[index].disabled = true;
    this.button.remove();
    if (this.hasKey) this.showVerdict();
    else this.said.textContent = this.words.sent;
    this.said.tabIndex = -1;
    this.said.focus();
    this.trigger(this.answered());
    this.trigger("resize");
  };

  Choice.prototype.showVerdict = function () {
    var self = this;
    var isRight = this.getScore() === this.getMaxScore();
    this.chosen.forEach(function (index) {
      var answer = self.answers[index];
      var label = self.inputs[index].parentNode;
      label.classList.add(answer.correct ? "bd-right" : "bd-wrong");
      var words = (answer.tipsAndFeedback || {}).chosenFeedback;
      var verdict = answer.correct ? self.words.right : self.words.wrong;
      label.append(make("span", "bd-word", "<b>" + verdict + ".</b> " + (words || "")));
    });
    this.said.textContent = isRight ? this.words.right + "." : this.words.wrong + ".";
  };

  Choice.prototype.getScore = function () {
    var self = this;
    if (!this.hasKey) return 0;
    var raw = this.chosen.reduce(function (sum, index) { return sum + (self.answers[index].correct ? 1 : -1); }, 0);
    var all = this.answers.filter(function (answer) { return answer.correct; }).length;
    if (this.params.behaviour && this.params.behaviour.singlePoint && !this.isSingle) return raw === all ? 1 : 0;
    return Math.max(0, raw);
  };

  Choice.prototype.getMaxScore = function () {
    if (!this.hasKey || this.isSingle || (this.params.behaviour && this.params.behaviour.singlePoint)) return 1;
    return this.answers.filter(function (answer) { return answer.correct; }).length;
  };

  Choice.prototype.answered = function () {
    var event = this.createXAPIEventTemplate("answered");
    if (this.hasKey) event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === this.getMaxScore());
    var statement = event.data.statement;
    statement.result = Object.assign({}, statement.result, { response: this.chosen.join("[,]"), completion: true });
    statement.object.definition.interactionType = "choice";
    return event;
  };

  Choice.prototype.getXAPIData = function () { return { statement: this.answered().data.statement }; };
  Choice.prototype.getCurrentState = function () { return { answers: this.chosen.slice(), order: this.order.slice() }; };
  Choice.prototype.getAnswerGiven = function () { return this.chosen.length > 0; };
  return Choice;
})();
