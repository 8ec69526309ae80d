"""Each fault of the guide's section 14, planted in otherwise good content, is told with its code and its item."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from tests.audit.good import bank_with, errors, good_items, told

Spoil = Callable[[dict[str, Any]], Any]


def _key(item: dict[str, Any]) -> dict[str, Any]:
    """The right region that is named in three words or more."""
    right = [one for one in item["regions"] if one["correct"]]
    return max(right, key=lambda one: len(one["label"]))


def _drawn(item: dict[str, Any]) -> dict[str, Any]:
    screens = item["simulation"]["screens"]
    found: dict[str, Any] = next(one for screen in screens for one in screen["elements"] if "src" in one)
    return found


def _clue(item: dict[str, Any]) -> None:
    item["stem"] = "Bà nhận gói cà chua. Bà nên chuyển khoản hay làm gì?"
    for number, option in enumerate(item["options"]):
        option["text"] = "Không chuyển đi đâu" if option["correct"] else f"Làm việc {number}"


# code, kind of the item that is spoiled, what is done to it
PLANTED: list[tuple[str, str, Spoil]] = [
    ("E01", "CH", lambda i: i.update(id="VID-1-CH-1")),
    ("E01", "CH", lambda i: i.update(outcome="VID-2")),
    ("E01", "CH", lambda i: i.update(id="VID-99-CH-001", outcome="VID-99")),
    ("E01", "CH", lambda i: i.update(id=i["id"].replace("-CH-", "-XX-"))),
    ("E01", "CH", lambda i: i.update(skill="qr")),
    ("E01", "MC", lambda i: i.update(id=i["id"].replace("-MC-", "-CH-"))),
    ("E01", "CH", lambda i: i.update(difficulty=7)),
    ("E01", "CH", lambda i: i.update(difficulty="2")),
    ("E01", "CH", lambda i: i.pop("id")),
    ("E02", "CH", lambda i: i.pop("audience")),
    ("E02", "CH", lambda i: i.update(tags=[])),
    ("E02", "CH", lambda i: i.pop("misconceptions")),
    ("E02", "CH", lambda i: i.pop("legal_basis")),
    ("E02", "CH", lambda i: i.update(enemies=[i["id"]])),
    ("E02", "CH", lambda i: i.update(enemies=["VID-1-CH-999"])),
    ("E02", "ST", lambda i: i["simulation"].update(sources=[])),
    ("E02", "CH", lambda i: [one.update(correct=True) for one in i["options"]]),
    ("E02", "TF", lambda i: [one.update(correct=False) for one in i["options"]]),
    ("E02", "MC", lambda i: i.update(select=i["select"] + 1)),
    ("E02", "HS", lambda i: i.update(marks_to_find=i["marks_to_find"] - 1)),
    ("E02", "DC", lambda i: i.update(faults_to_find=0)),
    ("E02", "SG", lambda i: i["cards"][0].update(group="g9")),
    ("E02", "SG", lambda i: i["groups"].append({"id": "g9", "text": "Nhóm không có thẻ nào"})),
    ("E02", "MA", lambda i: i["pairs"][0].update(right="")),
    ("E02", "MA", lambda i: i["pairs"][0].update(right=i["pairs"][1]["right"])),
    ("E02", "OR", lambda i: i["cards"][0].update(position=9)),
    ("E02", "CV", lambda i: i["nodes"][0]["choices"][0].update(goto="n9")),
    ("E02", "CV", lambda i: [c.update(goto=i["start"]) for n in i["nodes"] for c in n["choices"]]),
    ("E02", "CV", lambda i: i["nodes"].append({**i["nodes"][0], "id": "n9"})),
    ("E02", "CV", lambda i: i.update(max_points=i["max_points"] + 1)),
    ("E02", "OB", lambda i: i["scoring"].update(max=11)),
    ("E02", "FI", lambda i: i["blanks"][0].update(accept=[])),
    ("E02", "NU", lambda i: i.update(answer={})),
    ("E02", "QR", lambda i: [i["questions"][0].pop(name, None) for name in ("accept", "accept_number")]),
    ("E03", "CH", lambda i: i["options"][0].pop("feedback")),
    ("E03", "CH", lambda i: i["options"][0].update(feedback="Đúng lắm.")),
    ("E03", "CH", lambda i: [one.update(feedback="Nghe thì hay nhưng chưa đúng.") for one in i["options"]]),
    ("E03", "MA", lambda i: i["pairs"][0].update(feedback="")),
    ("E03", "MA", lambda i: i["extra_right"][0].update(feedback="")),
    ("E03", "OR", lambda i: i["cards"][0].update(feedback="")),
    ("E03", "HS", lambda i: i["regions"][0].update(feedback="")),
    ("E03", "WA", lambda i: i["addresses"][0].update(feedback="")),
    ("E03", "TR", lambda i: i["messages"][0].update(feedback="")),
    ("E03", "DC", lambda i: i["fields"][0].update(feedback="")),
    ("E03", "CV", lambda i: i["nodes"][0]["choices"][0].update(feedback="")),
    ("E03", "OB", lambda i: i["checklist"][0].update(feedback="")),
    ("E03", "NU", lambda i: i["common_errors"][0].update(feedback="")),
    ("E03", "NU", lambda i: i.pop("feedback_other")),
    ("E03", "FI", lambda i: i["blanks"][0].pop("feedback_right")),
    ("E03", "FI", lambda i: i["blanks"][0]["common_errors"][0].update(feedback="")),
    ("E03", "QR", lambda i: i["questions"][0].update(feedback_wrong="")),
    ("E03", "ST", lambda i: i["simulation"]["private"]["critical"][0].update(advice="")),
    ("E03", "ST", lambda i: i["simulation"]["private"]["feedback"].pop("part")),
    ("E02", "CH", lambda i: i.update(why="")),
    ("E02", "CH", lambda i: i.pop("next_step")),
    ("E04", "CH", lambda i: i.update(source=" ")),
    ("E04", "CH", lambda i: i.update(facts=["F-KHONG-CO"])),
    ("E04", "CH", lambda i: i.update(mark="M")),
    ("E04", "CH", lambda i: i.update(mark="Z")),
    ("E04", "CH", lambda i: i.update(verified_on=None)),
    ("E04", "CH", lambda i: i.update(verified_on="2026-11-24")),
    ("E04", "CH", lambda i: i.update(review_by="2026-11-22")),
    ("E04", "CH", lambda i: i.update(review_by="2029-01-01")),
    ("E04", "CH", lambda i: i.update(review_by="bao giờ cũng được")),
    ("E04", "ST", lambda i: i["simulation"]["sources"][0].update(source="")),
    ("E04", "ST", lambda i: i["simulation"]["sources"][0].update(mark="M")),
    ("E04", "ST", lambda i: i["simulation"].update(verified_on="2027-01-01")),
    ("E08", "CH", lambda i: i.update(stem=unicodedata.normalize("NFD", i["stem"]))),
    ("E08", "CH", lambda i: i.update(stem=i["stem"] + "\u200b")),
    ("E08", "CH", lambda i: i.update(why="Giữ kín mã thì tài khoản được an toàn, cả nhà hoà thuận.")),
    ("E08", "CH", lambda i: i.update(why="Người khoẻ và người già đều làm được việc này.")),
    ("E08", "CH", lambda i: i.update(stem="Anh K’Brếp nhận một tin nhắn. Anh nên làm gì?")),
    ("E08", "ST", lambda i: i["simulation"]["screens"][0].update(title="Chị Thuý ở chợ")),
    ("E09", "CH", lambda i: i.update(why="một " * 26)),
    ("E09", "ST", lambda i: i["simulation"]["brief"].update(ask="một " * 26)),
    ("E10", "CH", lambda i: i.update(why="Có gì thì bà con gọi số 0912 345 678 nhé.")),
    ("E10", "CH", lambda i: i.update(why="Có gì thì bà con gọi số +84912345678 nhé.")),
    ("E10", "CH", lambda i: i.update(why="Có gì thì bà con gọi 1900.1234 cho nhanh.")),
    ("E10", "CH", lambda i: i.update(why="Có gì thì bà con gọi 113 cho nhanh.")),
    ("E10", "CH", lambda i: i.update(why="Số căn cước của ông là 068 012 345 678 đấy.")),
    ("E10", "CH", lambda i: i.update(why="Tài khoản của cô Mai là 1234567890 ở ngân hàng.")),
    ("E10", "CH", lambda i: i.update(why="Số thẻ là 4111 1111 1111 1111 in ở mặt trước.")),
    ("E10", "CH", lambda i: i.update(why="Viết thư cho mai@vidu.com để hỏi thêm nhé.")),
    ("E10", "CH", lambda i: i.update(why="Ông Trần Văn Nổi Tiếng cũng khuyên như vậy.")),
    ("E10", "QR", lambda i: i.update(payload=i["payload"].replace("999999", "970436"))),
    ("E10", "QR", lambda i: i.update(payload="không phải mã")),
    ("E11", "CH", lambda i: i.update(why="Bà con bấm vào https://trang-la.com để xem thêm.")),
    ("E11", "CH", lambda i: i.update(why='Xem <a href="//trang-la.com">ở đây</a> cho rõ.')),
    ("E11", "WA", lambda i: next(a for a in i["addresses"] if a["genuine"]).update(text="dichvucong.com.vn")),
    ("E11", "WA", lambda i: next(a for a in i["addresses"] if a["genuine"]).update(text="https://trang-la.com")),
    ("E11", "HS", lambda i: i["picture"].update(file="https://anh.example.com/a.svg")),
    ("E12", "HS", lambda i: i["picture"].update(alt="")),
    ("E12", "HS", lambda i: i["picture"].update(alt="Một tin nhắn lạ")),
    ("E12", "HS", lambda i: i["picture"].update(alt="một tin nhắn " * 21)),
    ("E12", "HS", lambda i: i["picture"].update(alt="Hình của một tin nhắn gửi tới máy ông Tư")),
    ("E12", "HS", lambda i: i["picture"].update(decorative=True)),
    ("E12", "HS", lambda i: i["picture"].update(alt=f"Trên máy có {_key(i)['label']} và nút Thoát")),
    ("E12", "HS", lambda i: i["regions"][0].update(label="")),
    ("E12", "HS", lambda i: i["regions"][0].update(rect=[90, 90, 20, 20])),
    ("E12", "HS", lambda i: i["regions"][0].update(rect=[2, 2, 13, 20])),
    ("E12", "HS", lambda i: i["regions"][0].update(rect=list(i["regions"][1]["rect"]))),
    ("E12", "ST", lambda i: _drawn(i).update(alt="")),
    ("E13", "CH", lambda i: i["tags"].append("audio-first")),
    ("E13", "HS", lambda i: i["picture"].update(audio_script="Bước 1, mở trang lên xem.")),
    ("E13", "HS", lambda i: i["picture"].update(audio_script="Nghe kỹ từng lời nhé. " * 23)),
    ("E14", "CH", lambda i: i["options"][0].update(text="Tất cả các đáp án trên")),
    ("E14", "CH", lambda i: i["options"][0].update(text="Không có đáp án nào đúng")),
    ("E14", "CH", lambda i: i["options"][0].update(feedback="Cả A và B đều là cách hay.")),
    ("E14", "CH", lambda i: i["options"][0].update(feedback="Chính xác! Bà làm rất tốt.")),
    ("E14", "CH", lambda i: i.update(why="Vì đáp án B là cách an toàn hơn.")),
    ("E14", "CH", lambda i: i.update(next_step="Hôm nay click vào kho ứng dụng.")),
    ("E14", "CH", lambda i: i.update(next_step="Nhờ người kích hoạt tài khoản ở xã.")),
    ("E14", "ST", lambda i: i["simulation"]["brief"].update(ask="Hãy tiến hành trả tiền cho cô Mai.")),
    ("E15", "CH", lambda i: i.update(stem="Bà không muốn ai không biết việc này. Bà nên làm gì?")),
    ("E15", "CH", lambda i: i.update(stem="Bà Sáu cầm điện thoại mới. Việc nào bà không nên làm?")),
    ("E17", "TR", lambda i: i["messages"][0].update(genuine=not i["messages"][0]["genuine"])),
    ("E17", "WA", lambda i: i["addresses"].pop()),
    ("E17", "SG", lambda i: [card.update(group=i["groups"][n > 0]["id"]) for n, card in enumerate(i["cards"])]),
    ("E18", "CH", lambda i: i.update(difficulty=1, stem="Bà Sáu ra chợ. " * 15 + "Bà nên làm gì?")),
    ("E18", "OR", lambda i: i.update(difficulty=1, stem="Bà Sáu ra chợ. " * 15 + "Xếp các việc.")),
    ("E21", "ST", lambda i: i["simulation"]["screens"].append({"id": "xa", "title": "Xa", "elements": []})),
    ("E21", "ST", lambda i: i["simulation"]["recorded"].update(solution=["finish"])),
    ("E21", "ST", lambda i: i["simulation"]["recorded"]["wrong"][0].update(points=9)),
    ("E21", "ST", lambda i: i["simulation"].update(start="khong_co")),
    ("E21", "ST", lambda i: i["simulation"].pop("screens")),
]  # fmt: skip


def test_good_content_has_no_fault() -> None:
    assert errors(bank_with(list(good_items().values()))) == []


@pytest.mark.parametrize(
    ("code", "letters", "spoil"), PLANTED, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_planted_fault_is_told(code: str, letters: str, spoil: Spoil) -> None:
    item = good_items()[letters]
    spoil(item)
    assert (code, item.get("id", "?")) in {(fault.code, fault.id) for fault in errors(bank_with([item]))}


def test_every_code_of_an_item_is_planted() -> None:
    elsewhere = {"E05", "E06", "E07", "E16", "E19", "E20", "E22"}
    assert {code for code, *_rest in PLANTED} == {f"E{n:02d}" for n in range(1, 23)} - elsewhere


@pytest.mark.parametrize(
    ("code", "letters", "spoil"),
    [
        ("E06", "CH", lambda i: i["options"][0].update(text="Gọi " * 40)),
        ("E09", "CH", lambda i: i.update(why="một " * 19)),
        ("E14", "ST", lambda i: i["simulation"]["screens"][0].update(title="Giao dịch thành công")),
        ("E16", "TF", lambda i: i.update(stem="Người tốt luôn đọc mã cho bạn bè nghe.")),
        ("E16", "CH", _clue),
        ("E02", "WA", lambda i: i.update(addresses=i["addresses"][:2])),
    ],
)
def test_a_doubtful_thing_is_a_warning(code: str, letters: str, spoil: Spoil) -> None:
    item = good_items()[letters]
    spoil(item)
    assert code in {
        fault.code for fault in told(bank_with([item])) if fault.warning and fault.id == item["id"]
    }


def test_what_is_only_in_review_gives_warnings_and_drafts_give_nothing() -> None:
    item = good_items()["CH"]
    item["options"][0].pop("feedback")
    assert errors(bank_with([item]))
    item["state"] = "review"
    assert errors(bank_with([item])) == []
    assert "E03" in {fault.code for fault in told(bank_with([item]))}
    item["state"] = "draft"
    assert told(bank_with([item])) == []
