"""One sentence for each code of the library, in the language of the person."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "missing-h5p-extension": _("The file name must end in .h5p."),
    "unable-to-unzip": _("The file is damaged or is not an H5P package."),
    "unable-to-read-package-file": _("The file cannot be read."),
    "file-size-too-large": _("One file inside the package is too large."),
    "total-size-too-large": _("The package is too large."),
    "too-many-files": _("The package holds too many files."),
    "ratio-too-high": _("One file unpacks to far more than its size, which is a sign of an attack."),
    "unsupported-compression": _("One file is compressed in a way that is not supported."),
    "encrypted-file": _("One file is protected by a password."),
    "symlink": _("The package holds a link to another place."),
    "path-traversal": _("One file would be written outside its folder."),
    "absolute-path": _("One file has an absolute path."),
    "invalid-file-name": _("One file has a name that cannot be used."),
    "path-too-long": _("One file has too long a name."),
    "path-too-deep": _("One file lies too deep in folders."),
    "duplicate-file": _("One file is in the package twice."),
    "name-collision": _("Two files have names that some computers cannot tell apart."),
    "not-in-whitelist": _("This kind of file is not allowed."),
    "ignored-file": _("This file is not used."),
    "invalid-content-folder": _("The package has no content."),
    "invalid-h5p-json-file": _("The description of the package (h5p.json) is missing or wrong."),
    "unable-to-parse-package": _("The description or the content of the package cannot be read."),
    "json-too-large": _("A description inside the package is too large."),
    "json-too-deep": _("A description inside the package is nested too deep."),
    "missing-required-property": _("A required entry is missing."),
    "illegal-option-in-library": _("An entry holds a choice that does not exist."),
    "api-version-unsupported": _("A library needs a newer player."),
    "invalid-library-name": _("A folder does not have the name of a library."),
    "invalid-library-json-file": _("The description of a library is missing or wrong."),
    "invalid-semantics-json-file": _("The form description of a library is wrong."),
    "invalid-language-file": _("A language file of a library is wrong."),
    "library-directory-name-mismatch": _("The folder of a library does not have the library's name."),
    "library-missing-file": _("A library names a file that is not in the package."),
    "duplicate-library": _("A library is in the package twice."),
    "missing-main-library": _("The main library is missing."),
    "missing-required-library": _("A library that the content needs is missing."),
    "missing-library-dependency": _("A library that another library needs is missing."),
    "missing-editor-library": _("A library that only editing needs is missing."),
    "missing-media": _("The content names a file that is not in the package."),
    "split-phrase": _("A marked phrase of several syllables will be cut into several words."),
    "bad-snapshot": _("The answer cannot be read."),
    "bad-response": _("The answer is not written as it should be."),
    "impossible-response": _("This answer cannot be given in this activity."),
    "bad-statement": _("The report of the activity cannot be read."),
    "bad-verb": _("The report of the activity says something unknown."),
    "statement-too-large": _("The report of the activity is too large."),
    "too-many-statements": _("This activity reports too much. Nothing more is kept of this attempt."),
    "not-json": _("What was sent cannot be read."),
    "bad-request": _("What was sent is not complete."),
    "bad-place": _("This page is too old. Please load it again."),
    "no-activity": _("This activity does not exist any more."),
    "not-signed-in": _("Please sign in, so that your result can be kept."),
    "not-enrolled": _("This activity is only for people who take the course. Please begin the course first."),
    "foreign-attempt": _("This attempt belongs to somebody else or does not exist."),
    "foreign-statement": _("This report was already used for another attempt."),
    "attempt-finished": _("This attempt is already finished. Please start again."),
}


def sentence(code: str) -> str:
    return str(SENTENCES.get(code) or gettext("The package cannot be used."))
