"""Characters that stand for one another, so that a disguised word is read as the word that was meant.

Every table maps to lower-case Latin letters. Rules pass through the same tables as texts do, so a
Cyrillic rule still meets a Cyrillic text: both are folded alike.
"""

from __future__ import annotations

from typing import Final


def _pairs(table: str) -> dict[int, str]:
    """ "аa еe" as a table: each pair is a character and the letter that it is read as."""
    return {ord(pair[0]): pair[1:] for pair in table.split()}


# Folded before lower-casing. A Greek capital looks like one Latin letter (Η as H) and its small letter like
# another (η as n); the Greek c and j would decompose to other letters; flag letters and letters in filled
# shapes do not decompose at all.
CAPITALS: Final[dict[int, str]] = {
    **_pairs("ϲc Ϲc ϳj Αa Βb Εe Ζz Ηh Ιi Κk Μm Νn Οo Ρp Τt Υy Χx"),
    **{first + place: chr(ord("a") + place) for first in (0x1F1E6, 0x1F150, 0x1F170) for place in range(26)},
}

# One character that stands for a whole word, a unit or a date: "ﷺ" would become eighteen. None of our rules is
# written with one; they end a word as a picture does, and dropped they cannot make a short text long. A test looks for
# others in all of Unicode.
MOST_LETTERS: Final = 4
WHOLE_WORDS: Final = "㈝㈞㉼㌇㌕㌖㌗㌙㌚㌠㌫㌮㌲㌴㌶㍇㍊㍖㎮㎯ﷺﷻ"

LETTERS: Final[dict[int, str]] = {
    **_pairs("аa вb гr еe кk мm нh оo рp сc тt уy хx іi ѕs јj ԁd һh ӏl ԛq ԝw ѵv єe өo үy қk ғr ҳx ңh ұy әe"),
    **_pairs("αa βb γy δd εe ιi κk νv οo ρp σo τt υy χx ωw ηn ςs"),
    **_pairs("ոn սu օo ցg"),
    **_pairs("ıi ɡg ɑa ɩi ɪi ʟl ᴋk ᴀa ʙb ᴄc ᴅd ᴇe ɢg ʜh ᴊj ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz"),
    **_pairs("łl øo đd ƙk ħh ŧt æae œoe"),
}

# What a digit or a sign may stand for inside a word ("k1ll", "$uicide", "d!e").
STAND_INS: Final[dict[str, str]] = {
    "0": "o",
    "1": "il",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "gb",
    "7": "t",
    "8": "b",
    "9": "g",
    "!": "il",
    "|": "li",
    "$": "s",
    "@": "a",
    "+": "t",
    "€": "e",
    "£": "l",
}

# A capital i inside a word may stand for a small l ("kiII"), in three alphabets.
CAPITAL_I: Final = frozenset("IΙІӀ")

# A letter that was blotted out ("s*icide"): any letter may stand there.
BLOT: Final = "*"
