"""How long reading one text for danger takes: messages of each language, and long texts.

Runs in rounds that take turns between a plain list of the rules' own words (one expression of `re`, no more than
what a search for keywords would do) and the detector of the product, so that a noisy machine hits both; prints the
medians. The messages are our own examples; no one of them is a patient's.

    python bench/bench_danger.py [--rounds 7] [--messages 500]
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from clinic.safety.classifier import corpus
from clinic.safety.detect import detect

LONG = 100_000
"""Characters of a long text: a pasted diary of about forty pages."""
RULES = Path(corpus.__file__).parents[1] / "rules"
WORD = re.compile(r"[^\W\d_]{4,}")


def word_list() -> re.Pattern[str]:
    """The words of all phrases of the rules, without their order, gaps and guards."""
    files = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(RULES.glob("*.toml")))
    phrases = (phrase for file in files for rule in file.get("rule", ()) for phrase in rule["phrases"])
    return re.compile("|".join(sorted({word for phrase in phrases for word in WORD.findall(phrase)})))


KEYWORDS = word_list()


def keywords(text: str) -> None:
    KEYWORDS.findall(text.casefold())


def ours(text: str) -> None:
    detect(text, language=None)


def milliseconds(work: Callable[[str], None], texts: Sequence[str]) -> float:
    """Of processor time, for one text."""
    begin = process_time()
    for text in texts:
        work(text)
    return (process_time() - begin) * 1000 / len(texts)


def texts_of(messages: int) -> dict[str, list[str]]:
    """For each name the texts: of each language an even choice of messages, and one long text."""
    chosen = {}
    for language in corpus.LANGUAGES:
        own = [example.text for example in corpus.own(language)]
        chosen[f"a message, {language}"] = own[:: max(1, len(own) // messages)]
    everyday = [example.text for example in corpus.own("en") if example.style.startswith("everyday")]
    chosen[f"{LONG:,} characters, en"] = ["\n".join(everyday)[:LONG]]
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--messages", type=int, default=500, help="about so many of each language")
    given = parser.parse_args()
    texts = texts_of(given.messages)
    rounds = [
        {name: (milliseconds(keywords, chosen), milliseconds(ours, chosen)) for name, chosen in texts.items()}
        for _ in range(given.rounds)
    ]
    print(f"{given.rounds} rounds in turn, medians of processor time\n")
    print("| text | list of words, ms | ours, ms | ours against the list |\n|---|---|---|---|")
    for name in texts:
        plain, read = (median(results[name][place] for results in rounds) for place in (0, 1))
        print(f"| {name} | {plain:.3f} | {read:.2f} | {read / plain:.0f}x |")


if __name__ == "__main__":
    main()
