"""Words of a list are found however they are written, and other words are left alone."""

import pytest

from articles.commenting.disguise import find

BANNED = ["đồ ngu", "ngu", "lừa đảo", "ma túy"]


@pytest.mark.parametrize(
    "text",
    [
        "Đúng là ĐỒ NGU!",
        "do ngu",
        "đồ  \u00a0ngu",
        "đ ồ n g u",
        "đ.ồ-n_g*u",
        "đ\u200bồ n\u00adg\u2060u",
        "d0 nguuuuu",
        "đồ пgu",  # a Cyrillic п
        "đồ nɡυ",  # a script ɡ, a Greek υ
        "ｄｏ　ｎｇｕ",
        "𝐝𝐨 𝐧𝐠𝐮",
        "d\u0336o\u0336 n\u0336g\u0336u\u0336",
        "đo\u0302\u0300 ngu",
        "dongu",
        "1ừa đ@o",
        "lưà đaỏ",
        "mа tuý",  # a Cyrillic а, and the tone on the other vowel
    ],
)
def test_a_disguise_is_seen_through(text):
    assert [found.is_certain for found in find(BANNED, text)].count(True) >= 1


@pytest.mark.parametrize(
    "text", ["Tôi đi ngủ sớm.", "Mọi người ngưng lại", "Độ nguội", "Tỷ lệ 16/79, năm 2022", "ngũ cốc", ""]
)
def test_another_word_is_left_alone(text):
    assert list(find(BANNED, text)) == []


def test_what_may_be_another_word_is_left_to_a_person():
    (found,) = find(["ma túy"], "Hôm qua mất úy viên nào?")
    assert (found.piece, found.is_certain) == ("mất úy", False)


def test_a_search_can_be_ended():
    def tick():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        list(find(["a"], "a a a", tick))
