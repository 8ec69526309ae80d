// One drawn phone screen with places to touch. With a key it judges; without one it only sends.
window.BinhDan = window.BinhDan || {};
window.BinhDan.Screen = (function () {
  "use strict";
  var LOOKS = ["row", "message", "link", "button", "field", "note"];
  var WORDS = {
    banner: "MÔ PHỎNG – không nhập thông tin thật", touchOne: "Chạm vào một chỗ.",
    touchSeveral: "Chạm vào {count} chỗ. Chạm lần nữa để bỏ chọn.", touchFirst: "Hãy chạm vào một chỗ trước đã.",
    touched: "Đã chọn", check: "Trả lời", right: "Đúng chỗ", wrong: "Không phải chỗ này",
    missed: "Chỗ này cũng cần chạm", sent: "Đã gửi câu trả lời.",
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

  function Screen(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.words = Object.assign({}, WORDS, params.l10n);
    this.parts = params.parts || [];
    this.hasKey = params.wanted === undefined;
    this.wanted = this.hasKey ? this.rightPlaces().length : params.wanted;
    var previous = (extras && extras.previousState) || {};
    var parts = this.parts;
    this.touched = (Array.isArray(previous.touched) ? previous.touched : []).filter(function (index) {
      return parts[index] && parts[index].touch !== false;
    });
  }
  Screen.prototype = Object.create(H5P.EventDispatcher.prototype);
  Screen.prototype.constructor = Screen;

  Screen.prototype.rightPlaces = function () {
    return this.parts.filter(function (part) { return part.correct && part.touch !== false; });
  };

  Screen.prototype.attach = function ($container) {
    var self = this;
    var root = $container[0];
    root.classList.add("bd-screen");
    var task = make("div", "bd-task");
    task.innerHTML = this.params.task || ""; // cleaned by the server when the activity was taken in
    var hint = this.wanted === 1 ? this.words.touchOne : this.words.touchSeveral.replace("{count}", this.wanted);
    var phone = make("div", "bd-phone");
    phone.setAttribute("role", "group");
    phone.setAttribute("aria-label", plain(this.params.title));
    phone.append(make("p", "bd-banner", this.words.banner), make("p", "bd-title", plain(this.params.title)));
    this.places = this.parts.map(function (part, index) { return self.place(part, index); });
    phone.append.apply(phone, this.places);
    this.said = make("p", "bd-said");
    this.said.setAttribute("role", "status");
    this.button = make("button", "bd-button", this.words.check);
    this.button.type = "button";
    this.button.addEventListener("click", function () { self.check(); });
    root.append(task, make("p", "bd-hint", hint), phone, this.button, this.said);
    this.mark();
    this.setActivityStarted();
  };

  Screen.prototype.place = function (part, index) {
    var self = this;
    var isPlace = part.touch !== false;
    var look = LOOKS.indexOf(part.look) < 0 ? "row" : part.look;
    var place = make(isPlace ? "button" : "div", "bd-part bd-" + look);
    place.append(make("span", "bd-text", plain(part.text)));
    if (part.small) place.append(make("span", "bd-small", plain(part.small)));
    if (isPlace) {
      place.type = "button";
      place.addEventListener("click", function () { self.touch(index); });
      place.append(make("span", "bd-touched", "✓ " + this.words.touched));
    }
    return place;
  };

  Screen.prototype.touch = function (index) {
    var at = this.touched.indexOf(index);
    if (at >= 0) this.touched.splice(at, 1);
    else if (this.wanted === 1) this.touched = [index];
    else this.touched.push(index);
    this.said.textContent = "";
    this.mark();
    this.triggerXAPI("interacted");
  };

  Screen.prototype.mark = function () {
    var self = this;
    this.places.forEach(function (place, index) {
      if (place.tagName !== "BUTTON") return;
      var isTouched = self.touched.indexOf(index) >= 0;
      place.setAttribute("aria-pressed", String(isTouched));
      place.querySelector(".bd-touched").hidden = !isTouched;
    });
    this.trigger("resize");
  };

  Screen.prototype.check = function () {
    if (!this.touched.length) {
      this.said.textContent = this.words.touchFirst;
      return;
    }
    this.places.forEach(function (place) { if (place.tagName === "BUTTON") place.disabled = true; });
    this.button.remove();
    if (this.hasKey) this.showVerdict();
    else this.said.textContent = this.words.sent;
    this.said.tabIndex = -1;
    this.said.focus();
    this.trigger(this.answered());
    this.trigger("resize");
  };

  Screen.prototype.showVerdict = function () {
    var self = this;
    this.parts.forEach(function (part, index) {
      var isTouched = self.touched.indexOf(index) >= 0;
      if (!isTouched && !(part.correct && part.touch !== false)) return;
      var place = self.places[index];
      var verdict = !isTouched ? self.words.missed : part.correct ? self.words.right : self.words.wrong;
      place.classList.add(isTouched && part.correct ? "bd-right" : "bd-wrong");
      place.append(make("b", "bd-word", verdict + "."));
      if (part.said) place.append(make("span", "bd-word", plain(part.said)));
    });
    this.said.textContent = this.getScore() + "/" + this.getMaxScore() + ". " + plain(this.params.after);
  };

  Screen.prototype.getScore = function () {
    var self = this;
    if (!this.hasKey) return 0;
    return Math.max(0, this.touched.reduce(function (sum, index) { return sum + (self.parts[index].correct ? 1 : -1); }, 0));
  };
  Screen.prototype.getMaxScore = function () { return this.wanted; };

  Screen.prototype.answered = function () {
    var event = this.createXAPIEventTemplate("answered");
    if (this.hasKey) event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === this.getMaxScore());
    var statement = event.data.statement;
    statement.result = Object.assign({}, statement.result, { response: this.touched.join("[,]"), completion: true });
    statement.object.definition.interactionType = "choice";
    return event;
  };
  Screen.prototype.getXAPIData = function () { return { statement: this.answered().data.statement }; };
  Screen.prototype.getCurrentState = function () { return { touched: this.touched.slice() }; };
  return Screen;
})();
