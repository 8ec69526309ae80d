"""A province in small, a list of 10,000 rows about it, and what each row must say.

Nothing of the product is used: a name is built of parts whose plain letters stand beside them, so that nothing needs
to be folded, and every row knows what it was made of.
"""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from dataclasses import dataclass, field

# As written, and without diacritics; a third spelling puts the tone on the other vowel.
FAMILIES = [("Nguyễn", "nguyen"), ("Trần", "tran"), ("Lê", "le"), ("Đỗ", "do"), ("Võ", "vo"), ("K'Brếp", "k'brep"),
            ("Ka", "ka"), ("H'Hồng", "h'hong"), ("Đặng", "dang"), ("Phạm", "pham")]  # fmt: skip
MIDDLES = [("Thị", "thi"), ("Văn", "van"), ("Ngọc", "ngoc"), ("Đình", "dinh"), ("Thúy", "thuy"), ("", "")]
GIVEN = [("Hòa", "hoa"), ("Hoa", "hoa"), ("Hường", "huong"), ("Hương", "huong"), ("Thủy", "thuy"), ("Đức", "duc"),
         ("Mẫu", "mau"), ("Nga", "nga"), ("Ngà", "nga"), ("Sương", "suong"), ("Bờm", "bom"), ("Lũy", "luy"),
         ("Khỏe", "khoe"), ("Xuân", "xuan"), ("Quý", "quy")]  # fmt: skip
OTHER_PLACE = {"Hòa": "Hoà", "Thủy": "Thuỷ", "Thúy": "Thuý", "Lũy": "Luỹ", "Khỏe": "Khoẻ"}
WAYS = ["as is", "nfd", "upper", "tone", "apostrophe", "spaces", "bare", "bare upper", "nfd upper", "tone upper",
        "tone nfd", "apostrophe upper", "bare apostrophe"]  # fmt: skip
TODAY = dt.date(2026, 11, 23)
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST_ROW = 4  # a title, an empty line, the headings


@dataclass
class Human:
    key: int
    name: str
    plain: str
    own: bool
    born: dt.date
    knows: str  # date, year or nothing
    number: str = ""


@dataclass
class Paper:
    code: str
    holder: int
    name: str
    plain: str
    state: str  # live, expired, revoked, superseded
    last: dt.date
    newer: str = ""


@dataclass
class Row:
    code: str = ""  # as written in the cell
    means: str = ""  # the code that this is, "" when the check symbol is wrong
    shown: str = ""  # the name as written
    spelled: str = ""  # its spelling in small letters, tones in the usual place
    plain: str = ""
    birth: str = ""
    born: tuple[int, dt.date | None] | None = None
    number: str = ""
    formulas: set[str] = field(default_factory=set)
    kind: str = ""  # what it was made for
    way: str = ""  # how the name is spelled
    about: int = -1  # key of the person whose name stands there


@dataclass
class Expected:
    result: str
    code: str = ""
    same_as: int = 0


@dataclass
class World:
    people: list[Human]
    papers: list[Paper]
    rows: list[Row] = field(default_factory=list)


def check_symbol(body: str) -> str:
    """Sum of value × 2^(15-i) over GF(32), bit by bit."""
    total = 0
    for symbol in body:
        total = _times_two(total) ^ SYMBOLS.index(symbol)
    return SYMBOLS[_times_two(total)]


def _times_two(value: int) -> int:
    value *= 2
    return value ^ 0b100101 if value > 31 else value


def new_code(chance: random.Random) -> str:
    body = "".join(chance.choice(SYMBOLS) for _ in range(15))
    return body + check_symbol(body)


def make_world(seed: int, own: int = 2_000, others: int = 600, rows: int = 10_000) -> World:
    chance = random.Random(seed)
    people = [_human(chance, key, key < own) for key in range(own + others)]
    world = World(people, [])
    for human in people:
        for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
            _add_paper(chance, world, human)
    while len(world.rows) < rows:
        maker = chance.choice(_MAKERS)
        row = maker(chance, world)
        row.kind = maker.__name__.strip("_")
        world.rows.append(row)
        if chance.random() < 0.03 and len(world.rows) < rows:
            world.rows.append(row)
    return world


def _human(chance: random.Random, key: int, own: bool) -> Human:
    parts = [chance.choice(FAMILIES), chance.choice(MIDDLES), chance.choice(GIVEN)]
    name, plain = (" ".join(part[place] for part in parts if part[0]) for place in (0, 1))
    born = dt.date(chance.randint(1965, 2003), chance.randint(1, 12), chance.randint(1, 28))
    number = f"CB{key // 2 if key % 40 == 1 else key:05d}" if chance.random() < 0.5 else ""
    return Human(
        key, name, plain, own, born, chance.choice(["date", "date", "date", "year", "nothing"]), number
    )


def _add_paper(chance: random.Random, world: World, human: Human) -> None:
    state = chance.choice(["live", "live", "live", "expired", "revoked", "superseded"])
    days = chance.choice([0, 7, 89, 90, 91, 300, 700]) if state != "expired" else -chance.choice([1, 40, 400])
    name, plain = human.name, human.plain
    if chance.random() < 0.03:  # issued under the name of before
        name, plain = "Bùi Cũ", "bui cu"
    paper = Paper(new_code(chance), human.key, name, plain, state, TODAY + dt.timedelta(days))
    world.papers.append(paper)
    if state == "superseded":
        newer = Paper(new_code(chance), human.key, human.name, human.plain, "live", TODAY + dt.timedelta(500))
        paper.newer = newer.code
        world.papers.append(newer)


def _write_name(chance: random.Random, row: Row, human: Human) -> None:
    row.way, row.about = chance.choice(WAYS), human.key
    ways = row.way.split(" ")
    row.plain, row.spelled = human.plain, human.plain if "bare" in ways else human.name.lower()
    shown = human.plain.title() if "bare" in ways else human.name
    if "tone" in ways:
        shown = " ".join(OTHER_PLACE.get(word, word) for word in shown.split(" "))
    if "apostrophe" in ways:
        shown = shown.replace("'", chance.choice("’ʼ‘"))
    if "nfd" in ways:
        shown = unicodedata.normalize("NFD", shown)
    if "upper" in ways:
        shown = shown.upper()
    row.shown = f"  {shown.replace(' ', '  ')} " if "spaces" in ways else shown


def _write_birth(chance: random.Random, row: Row, born: dt.date) -> None:
    way = chance.choice(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y"])
    row.birth = born.strftime(way)
    row.born = (born.year, None if way == "%Y" else born)


def _write_code(chance: random.Random, row: Row, code: str) -> None:
    row.means = code
    groups = "-".join(code[place : place + 4] for place in range(0, 16, 4))
    ways = [
        groups,
        code,
        groups.lower(),
        groups.replace("-", " "),
        groups.replace("0", "O").replace("1", "l"),
    ]
    row.code = chance.choice([*ways, f"https://bdhvs.example/c/{groups}#abc"])


def _by_code(chance: random.Random, world: World) -> Row:
    row, paper = Row(), chance.choice(world.papers)
    _write_code(chance, row, paper.code)
    named = chance.random()
    human = world.people[paper.holder] if named < 0.75 else chance.choice(world.people)
    if named < 0.9:
        _write_name(chance, row, human)
    if chance.random() < 0.4:
        _write_birth(chance, row, human.born)
    return row


def _unknown_code(chance: random.Random, world: World) -> Row:
    row = Row()
    code = new_code(chance)
    _write_code(chance, row, code)
    if chance.random() < 0.5:
        wrong = SYMBOLS[(SYMBOLS.index(code[-1]) + chance.randint(1, 31)) % 32]
        row.code, row.means = code[:-1] + wrong, ""
    _write_name(chance, row, chance.choice(world.people))
    return row


def _by_number(chance: random.Random, world: World) -> Row:
    row = Row()
    human = chance.choice(
        [human for human in world.people[:: chance.randint(1, 30)] if human.number] or world.people
    )
    row.number = chance.choice([human.number, human.number.lower(), "CB99999"])
    named = chance.random()
    if named < 0.7:
        _write_name(chance, row, human)
    elif named < 0.85:
        _write_name(chance, row, chance.choice(world.people))
    if chance.random() < 0.6:
        _write_birth(chance, row, human.born)
    return row


def _by_name(chance: random.Random, world: World) -> Row:
    row, human = Row(), chance.choice(world.people)
    _write_name(chance, row, human)
    if chance.random() < 0.85:
        _write_birth(chance, row, human.born if chance.random() < 0.85 else chance.choice(world.people).born)
    return row


def _formula(chance: random.Random, world: World) -> Row:
    """What a formula shows was once somebody's code or name; it counts as nothing."""
    row = _by_name(chance, world)
    row.formulas = {"code"}
    if chance.random() < 0.3:
        row.formulas = {"code", "name"}
        row.plain = row.spelled = ""
    return row


def _nobody(chance: random.Random, world: World) -> Row:
    row = Row(shown="Tôn Nữ Không Có", spelled="tôn nữ không có", plain="ton nu khong co")
    if chance.random() < 0.2:
        row = Row()
    _write_birth(chance, row, dt.date(1980, 1, 2))
    return row


_MAKERS = [
    _by_code,
    _by_code,
    _by_code,
    _by_name,
    _by_name,
    _by_name,
    _by_number,
    _unknown_code,
    _formula,
    _nobody,
]


def answers(world: World) -> list[Expected]:
    """What each row must say, row for row."""
    oracle = _Oracle(world)
    said = [oracle.answer(row) for row in world.rows]
    first: dict[str, int] = {}
    for number, one in enumerate(said, start=FIRST_ROW):
        if one.code and first.setdefault(one.code, number) != number:
            one.same_as = first[one.code]
    return said


class _Oracle:
    def __init__(self, world: World) -> None:
        self.world = world
        self.papers = {paper.code: paper for paper in world.papers}
        self.own = [human for human in world.people if human.own]
        self.by_plain: dict[str, list[Human]] = {}
        self.by_number: dict[str, list[Human]] = {}
        for human in self.own:
            self.by_plain.setdefault(human.plain, []).append(human)
            if human.number:
                self.by_number.setdefault(human.number, []).append(human)

    def answer(self, row: Row) -> Expected:
        if row.code:
            return self._code(row)
        numbered = self.by_number.get(row.number.upper(), []) if row.number else []
        if numbered:
            return self._number(row, numbered)
        if row.plain:
            return self._name(row)
        return Expected("not_found" if row.number else "ambiguous")

    def _code(self, row: Row) -> Expected:
        paper = self.papers.get(row.means)
        if paper is None:
            return Expected("unknown_code")
        holder = self.world.people[paper.holder]
        if (row.plain and row.plain != paper.plain) or (holder.own and self._other_birth(row, holder)):
            return Expected("name_mismatch")
        return self._stands(row, paper)

    def _number(self, row: Row, numbered: list[Human]) -> Expected:
        named = [human for human in numbered if row.plain in ("", human.plain)]
        if len(named) > 1:
            return Expected("ambiguous")
        if not named or self._other_birth(row, named[0]):
            return Expected("name_mismatch")
        return self._person(row, named[0])

    def _name(self, row: Row) -> Expected:
        possible = [human for human in self.by_plain.get(row.plain, []) if not self._other_birth(row, human)]
        if not possible:
            return Expected("not_found")
        if len(possible) > 1 or row.born is None or possible[0].knows == "nothing":
            return Expected("ambiguous")
        return self._person(row, possible[0])

    def _person(self, row: Row, human: Human) -> Expected:
        mine = [p for p in self.world.papers if p.holder == human.key and p.state != "superseded"]
        if not mine:
            return Expected("not_found")
        best = min(mine, key=lambda p: (self._rank(p), -p.last.toordinal(), -self.world.papers.index(p)))
        if row.plain and row.plain != best.plain:
            return Expected("name_mismatch")
        return self._stands(row, best)

    def _rank(self, paper: Paper) -> int:
        if paper.state == "revoked":
            return 3
        if paper.state == "expired":
            return 2
        return 0 if (paper.last - TODAY).days > 90 else 1

    def _stands(self, row: Row, paper: Paper) -> Expected:
        if paper.state != "live":
            return Expected(paper.state, paper.code)
        if (paper.last - TODAY).days <= 90:
            return Expected("expiring", paper.code)
        same = not row.spelled or row.spelled == paper.name.lower()
        return Expected("valid" if same else "valid_diacritics_differ", paper.code)

    def _other_birth(self, row: Row, human: Human) -> bool:
        if row.born is None or human.knows == "nothing":
            return False
        year, day = row.born
        if day is not None and human.knows == "date":
            return day != human.born
        return year != human.born.year
