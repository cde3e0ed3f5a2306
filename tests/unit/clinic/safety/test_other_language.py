"""The language of words is told only where it is sure: no text that is read is taken for another one."""

from pathlib import Path

import pytest

from clinic.safety import corpus, language_words, other_language
from clinic.safety.other_language import language_of

HERE = Path(__file__).parent
TEXTS = (*sorted(Path(corpus.__path__[0]).rglob("*.txt")), HERE / "everyday.txt")

ELSEWHERE = {
    "de": "Ich will heute Nacht sterben, ich habe alles vorbereitet",
    "es": "quiero morirme",
    "fr": "Je ne veux plus vivre, j'ai tout préparé pour cette nuit",
    "pl": "Nie chcę już żyć",
    "tr": "Artık yaşamak istemiyorum, bu gece kendimi öldüreceğim",
    "pt": "Não quero mais viver",
    "it": "Voglio morire stanotte",
    "nl": "Ik wil niet meer leven",
    "ro": "Nu mai vreau să trăiesc, vreau să mor",
    "so": "Waxaan rabaa inaan dhinto",
    "vi": "Tôi muốn chết",
    "uk": "Я не хочу більше жити, сьогодні все скінчиться",
    "bg": "Не искам повече да живея",
    "kk": "Өмір сүргім келмейді, өлгім келеді",
    "ar": "لا أريد أن أعيش بعد الآن",
    "und": "नी मैं जीना नहीं चाहता",
}

SILENT = (
    "",
    "ok",
    "c'est la vie",
    "Que sera sera",
    "Las Vegas and Los Angeles",
    "Michelle, Pablo, Ahmed and Siobhán came",
    "lol omg smh ngl fr fr",
    "paracetamol ibuprofen sertraline diazepam",
    "My grandma always said ich liebe dich und ich vermisse dich sehr",
    "محمد",
    "¯\\_(ツ)_/¯ ಠ_ಠ",
    "ㅋㅋㅋㅋㅋㅋㅋㅋ",
    "k1ll mys3lf t0n1ght",
    "Mne zhit ne hochetsya, hochu umeret",
    "Yashagim kelmayapti, oʻzimni oʻldirmoqchiman",
    "Яшагим келмаяпти, чарчадим",
)


EVERY = 4


def lines() -> list[str]:
    """Texts of ours, one of EVERY alone, and six together."""
    alone = [line for path in TEXTS for line in path.read_text(encoding="utf-8").splitlines()][::EVERY]
    return alone + [" ".join(alone[at : at + 6]) for at in range(0, len(alone), 6)]


@pytest.mark.parametrize("code", ELSEWHERE)
def test_words_of_another_language_are_known_as_such(code: str) -> None:
    assert language_of(ELSEWHERE[code]) == code
    assert language_of(ELSEWHERE[code].upper()) == code


@pytest.mark.parametrize("text", SILENT)
def test_short_notes_names_slang_and_quotations_say_nothing(text: str) -> None:
    assert language_of(text) is None


def test_no_text_of_a_language_that_is_read_is_taken_for_another() -> None:
    assert len(lines()) > 10_000
    assert [line for line in lines() if language_of(line)] == []


def test_the_test_above_fails_where_two_words_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    careless = {**language_words.OTHER, "de": frozenset({"in", "so", "was", "man", "will", "die"})}
    monkeypatch.setattr(other_language, "OTHER", careless)
    monkeypatch.setattr(other_language, "KNOWN", frozenset())
    assert any(map(language_of, lines()))


def test_no_word_speaks_for_a_language_and_for_neither() -> None:
    for code, words in language_words.OTHER.items():
        assert words & language_words.SHARED.get(code, frozenset()) == frozenset(), code


def test_a_very_long_text_costs_no_more_than_its_beginning() -> None:
    assert language_of("a" + "\u0f74\u0f72\u0f71" * 300_000) in (None, "und")
