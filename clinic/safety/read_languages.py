"""In which languages words are read for danger, and what is said where that is not measured (SR-44).

Said in the person's own language and in English, before they type and on the card. Nobody whose first language it is
has reviewed the sentences in other languages. They stand here rather than in the catalogues, because they are needed in
languages into which nothing else is translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEASURED: Final = frozenset({"en"})
"""Languages of which `docs/safety` gives figures."""

PARTLY: Final[dict[str, str]] = {
    "ru": "На этом языке программа замечает лишь часть опасности, и эти правила никто не проверил. Не полагайтесь "
    "на неё: если Вы в опасности, позвоните по номеру помощи.",
    "uz": "Bu tilda dastur xavfning faqat bir qismini sezadi va bu qoidalarni hech kim tekshirmagan. Unga suyanmang: "
    "xavf ostida boʻlsangiz, yordam raqamiga qoʻngʻiroq qiling.",
    "kk": "Бұл тілде бағдарлама қауіптің бір бөлігін ғана байқайды, ал бұл ережелерді ешкім тексермеген. Оған "
    "сенбеңіз: қауіп төнсе, көмек нөміріне қоңырау шалыңыз.",
    "tr": "Bu dilde program tehlikenin yalnızca bir kısmını fark eder ve bu kuralları kimse denetlemedi. Ona "
    "güvenmeyin: tehlikedeyseniz bir yardım numarasını arayın.",
    "de": "In dieser Sprache bemerkt das Programm nur einen Teil der Gefahr, und diese Regeln hat niemand geprüft. "
    "Verlassen Sie sich nicht darauf: Rufen Sie bei Gefahr eine Hilfenummer an.",
}
"""Languages with rules that nobody has reviewed or measured."""

UNREAD: Final[dict[str, str]] = {
    "es": "Este idioma no se lee en busca de señales de peligro. Si está en peligro, aquí nadie lo nota: llame a un "
    "número de ayuda.",
    "fr": "Cette langue n’est pas lue pour repérer un danger. Si vous êtes en danger, personne ne le remarque ici : "
    "appelez un numéro d’aide.",
    "pl": "Ten język nie jest czytany pod kątem zagrożenia. Jeśli grozi Ci niebezpieczeństwo, nikt tego tu nie "
    "zauważy: zadzwoń pod numer pomocy.",
    "uk": "Цю мову програма не читає на ознаки небезпеки. Якщо Ви в небезпеці, тут цього ніхто не помітить: "
    "зателефонуйте за номером допомоги.",
    "ar": "لا تُقرأ هذه اللغة بحثًا عن علامات الخطر. إذا كنت في خطر فلن يلاحظ أحد ذلك هنا: اتصل برقم للمساعدة.",
}
"""Some languages without rules; in any other the English sentence stands alone."""

PARTLY_IN_ENGLISH: Final = (
    "In this language the program notices only a part of what may be danger, and nobody has checked these rules. "
    "Do not rely on it: if you are in danger, ring a number of help."
)
UNREAD_IN_ENGLISH: Final = (
    "This language is not read for danger. If you are in danger, nobody notices it here: "
    "ring a number of help."
)


@dataclass(frozen=True, slots=True)
class LanguageNote:
    """What is said about a language: in itself, "" where nobody wrote it, and in English."""

    language: str
    own: str
    english: str


def note_of(language: str | None) -> LanguageNote | None:
    """The note of a BCP 47 language; None where reading it for danger is measured."""
    primary = (language or "en").replace("_", "-").split("-")[0].lower()
    if primary in MEASURED:
        return None
    if primary in PARTLY:
        return LanguageNote(primary, PARTLY[primary], PARTLY_IN_ENGLISH)
    return LanguageNote(primary, UNREAD.get(primary, ""), UNREAD_IN_ENGLISH)
