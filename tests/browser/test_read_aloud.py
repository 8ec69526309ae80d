"""Screens of a practice phone are read aloud. A recorder stands in for the voice, which headless Chromium lacks."""

from __future__ import annotations

from playwright.sync_api import Page, expect

RECORDER = """
window.heard = [];
const voices = [{ lang: "vi-VN", name: "Người đọc" }];
const recorder = {
  speaking: false,
  getVoices: () => voices,
  speak(utterance) { this.speaking = true; window.heard.push(utterance.text); },
  cancel() { this.speaking = false; window.heard.push("(im lặng)"); },
  addEventListener() {},
};
Object.defineProperty(window, "speechSynthesis", { value: recorder });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_a_screen_is_read_and_falls_silent_when_another_comes(phone: Page) -> None:
    phone.add_init_script(RECORDER)
    phone.goto("/danh-gia/viec/thu/VID-1-ST-201/")
    phone.get_by_role("button", name="Bắt đầu làm thử").click()
    phone.wait_for_selector("[data-ready]")
    phone.get_by_role("button", name="Nghe màn hình này").click()
    stop = phone.get_by_role("button", name="Dừng đọc")
    expect(stop).to_be_visible()
    heard = phone.evaluate("() => window.heard")
    assert "Cửa hàng ứng dụng" in heard

    phone.locator(".phone button").filter(has_text="Cửa hàng ứng dụng").first.click()
    expect(phone.locator(".phone h2")).to_have_text("Cửa hàng ứng dụng")
    expect(stop).to_be_hidden()
    assert phone.evaluate("() => window.heard").pop() == "(im lặng)"

    phone.get_by_role("button", name="Nghe màn hình này").click()
    again = phone.evaluate("() => window.heard")[len(heard) :]
    assert "Tìm ứng dụng" in again


def test_without_a_vietnamese_voice_no_button_promises_one(phone: Page) -> None:
    phone.goto("/danh-gia/viec/thu/VID-1-ST-201/")
    phone.get_by_role("button", name="Bắt đầu làm thử").click()
    phone.wait_for_selector("[data-ready]")
    expect(phone.locator("[data-listen]")).to_be_hidden()
