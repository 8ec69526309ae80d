"""Choices whose words are the same in every task."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.items.task_editor.condition_rows import NOT, SHAPE
from assessments.items.task_editor.known import NO, YES

_SHAPES = (
    ("phone", _("a telephone number")),
    ("id12", _("a number of 12 digits")),
    ("pin6", _("a code of 6 digits")),
    ("date", _("a date")),
    ("amount", _("an amount")),
    ("host", _("a web address")),
)
COMPARISONS: list[tuple[Any, Any]] = [
    ("is", _("is")),
    ("is_not", _("is not")),
    ("filled", _("is filled in")),
    ("empty", _("is empty")),
    ("at_least", _("is at least")),
    ("at_most", _("is at most")),
    ("longer", _("has at least so many letters")),
    ("has", _("contains the choice")),
    (NOT + "has", _("does not contain the choice")),
    ("same_as", _("is the same as the other field")),
    ("visited", _("(a screen) was seen")),
    (NOT + "visited", _("(a screen) was not seen")),
    (_("looks like"), [(SHAPE + code, words) for code, words in _SHAPES]),
    (_("does not look like"), [(NOT + SHAPE + code, words) for code, words in _SHAPES]),
]
CHECKS = [
    ("expect", _("is")),
    ("not_expect", _("is something else than")),
    ("filled", _("is filled in")),
    ("empty", _("is empty")),
    ("at_least", _("is at least")),
    ("between", _("lies between (low | high)")),
    ("mentions", _("speaks of (word, word | word, word)")),
]
HOWS = [
    ("exact", _("exactly")),
    ("text", _("as text: capitals, spaces and tone places do not matter")),
    ("loose", _("as text without tones")),
    ("digits", _("digits only")),
    ("amount", _("as an amount (35.000 = 35000)")),
    ("date", _("as a date (1/3/2026 = 01-03-2026)")),
    ("host", _("as a web address")),
]
MATCHES = [("all", _("All of them must hold")), ("any", _("One of them is enough"))]
WHETHER = [("", _("Done")), ("never", _("Never done"))]
YES_NO = [(YES, _("on")), (NO, _("off"))]
SCREEN_KINDS = [
    ("app", _("In an app")),
    ("home", _("Home screen")),
    ("browser", _("Web page")),
    ("messages", _("Messages")),
    ("call", _("Call")),
    ("notification", _("Notification")),
    ("dialog", _("Box that asks")),
    ("waiting", _("Waiting screen")),
    ("document", _("Paper or document")),
    ("scene", _("Place without a phone")),
    ("window", _("Window of a computer")),
]
INPUTS = [
    ("text", _("Text")),
    ("digits", _("Digits")),
    ("phone", _("Telephone number")),
    ("amount", _("Amount")),
    ("date", _("Date")),
    ("password", _("Password")),
    ("search", _("Search")),
    ("address", _("Web address")),
    ("message", _("Longer text")),
]
TONES = [("info", _("Information")), ("warn", _("Warning"))]
WHO = [("them", _("The other person")), ("me", _("Me"))]
ICONS = [
    ("id-card", _("Identity card")), ("store", _("App shop")), ("messages", _("Messages")), ("browser", _("Browser")),
    ("bank", _("Bank")), ("wallet", _("Wallet")), ("forms", _("Forms")), ("phone", _("Telephone")),
    ("contacts", _("Contacts")), ("camera", _("Camera")), ("photo", _("Photos")), ("qr", _("QR code")),
    ("person", _("Person")), ("settings", _("Settings")), ("search", _("Search")), ("shop", _("Shop")),
    ("stall", _("Stall")), ("table", _("Table")), ("book", _("Book")), ("calendar", _("Calendar")),
    ("file", _("File")), ("mail", _("Mail")), ("health", _("Health")), ("lock", _("Lock")),
    ("home", _("House")), ("game", _("Game")), ("weather", _("Weather")), ("warning", _("Warning sign")),
    ("bin", _("Bin")),
]  # fmt: skip
BUTTONS_USED = [
    ("finish", _("“I am done”")),
    ("back", _("Back")),
    ("home", _("Home screen")),
    ("hint", _("Hint")),
]
MARKS = [
    ("S", _("Read in a public source")),
    ("P", _("From the campaign plan")),
    ("T", _("Tried out")),
    ("C", _("Secondary source only")),
    ("M", _("From memory")),
]
CRITICAL = [
    ("otp_given", _("An OTP was given away")),
    ("passcode_given", _("A passcode was given away")),
    ("credentials_given", _("Name and password were given away")),
    ("card_data_given", _("Card data were given away")),
    ("id_data_given", _("Identity papers were given away")),
    ("wrong_payee", _("The wrong person was paid")),
    ("money_sent", _("Money was sent")),
    ("unknown_app_installed", _("An unknown app was installed")),
    ("permission_granted", _("A dangerous permission was granted")),
    ("account_lent", _("An account was lent")),
    ("secret_disclosed", _("A secret was told")),
    ("unsafe_machine_act", _("An unsafe act at a machine")),
]
