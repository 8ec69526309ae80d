// Cards to turn: a question or what somebody says in front, the answer behind. Practice only; nothing is scored.
window.BinhDan = window.BinhDan || {};
window.BinhDan.DialogCards = (function () {
  "use strict";
  var WORDS = { turn: "Lật thẻ", next: "Thẻ sau", previous: "Thẻ trước", done: "Đã xem hết các thẻ." };

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

  function Cards(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.words = Object.assign({}, WORDS, params.l10n);
    this.cards = params.cards || [];
    var previous = (extras && extras.previousState) || {};
    this.now = previous.now >= 0 && previous.now < this.cards.length ? previous.now : 0;
    this.seen = Array.isArray(previous.seen) ? previous.seen.slice() : [];
    this.ended = this.seen.length === this.cards.length;
  }
  Cards.prototype = Object.create(H5P.EventDispatcher.prototype);
  Cards.prototype.constructor = Cards;

  Cards.prototype.attach = function ($container) {
    var root = $container[0];
    root.classList.add("bd-cards");
    if (this.params.task) root.append(make("p", "bd-task", plain(this.params.task)));
    this.count = make("p", "bd-count");
    this.card = make("div", "bd-card");
    this.card.setAttribute("role", "status");
    this.turner = this.button(this.words.turn, "bd-button", this.turn);
    var way = make("div", "bd-way");
    this.back = this.button(this.words.previous, "bd-quiet", function () { this.go(-1); });
    this.forth = this.button(this.words.next, "bd-quiet", function () { this.go(1); });
    way.append(this.back, this.forth);
    this.said = make("p", "bd-said");
    this.said.setAttribute("role", "status");
    root.append(this.count, this.card, this.turner, way, this.said);
    this.draw();
    this.setActivityStarted();
  };

  Cards.prototype.button = function (word, className, act) {
    var button = make("button", className, word);
    button.type = "button";
    button.addEventListener("click", act.bind(this));
    return button;
  };

  Cards.prototype.draw = function () {
    var card = this.cards[this.now];
    this.turned = false;
    this.count.textContent = this.now + 1 + "/" + this.cards.length;
    this.card.replaceChildren(make("p", "bd-front", plain(card.front)));
    this.back.disabled = this.now === 0;
    this.forth.disabled = this.now === this.cards.length - 1;
    this.trigger("resize");
  };

  Cards.prototype.turn = function () {
    var card = this.cards[this.now];
    this.turned = !this.turned;
    this.card.replaceChildren(
      make("p", this.turned ? "bd-back" : "bd-front", plain(this.turned ? card.back : card.front))
    );
    if (this.seen.indexOf(this.now) < 0) this.seen.push(this.now);
    this.triggerXAPI("interacted");
    if (!this.ended && this.seen.length === this.cards.length) {
      this.ended = true;
      this.said.textContent = this.words.done;
      this.triggerXAPI("completed", { result: { completion: true } });
    }
    this.trigger("resize");
  };

  Cards.prototype.go = function (step) {
    this.now = Math.min(Math.max(this.now + step, 0), this.cards.length - 1);
    this.draw();
  };

  Cards.prototype.getCurrentState = function () { return { now: this.now, seen: this.seen.slice() }; };
  return Cards;
})();
