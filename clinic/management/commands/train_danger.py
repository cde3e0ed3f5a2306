"""Train the classifier that may raise what the rules find."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.safety.classifier import corpus, model, training
from clinic.safety.evaluation_page import level_of

MISUSED = 2


class Command(BaseCommand):
    """Needs no database. Exit codes: 0 trained, 2 misused."""

    help = (
        "Train the classifier on the project's own examples (clinic/safety/corpus) and on the posts of the set "
        "cssrs_posts in DATA_DIR. Without --out the shipped model is replaced, which is refused where that set is "
        "missing: long posts would be read as messages are. A model holds hashed features, the words of our own "
        "examples and a card that names its sets and their licences; no sentence of a public set. Takes a few "
        f"minutes and prints what it does. The same data give the same model. {corpus.LAYOUT}"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the public sets are, and where the model goes."""
        parser.add_argument("data", metavar="DATA_DIR", type=Path, help="the folder of public sets")
        parser.add_argument(
            "--out", metavar="MODEL.npz", type=Path, default=model.SHIPPED, help="where to write it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, write, and say what came of it."""
        if not options["data"].is_dir():
            raise CommandError(f"{options['data']} is no folder. Nothing was trained.", returncode=MISUSED)
        if options["out"] == model.SHIPPED and corpus.missing(options["data"], corpus.POSTS):
            raise CommandError(
                f"{corpus.POSTS} is not in {options['data']}. The shipped model was kept; --out trains without it.",
                returncode=MISUSED,
            )
        own, posts = corpus.own(), corpus.posts(options["data"])
        self.stdout.write(
            f"{len(own)} examples of our own, {len(posts)} posts of {corpus.POSTS}. This takes minutes."
        )
        if not posts:
            self.stdout.write(
                f"{corpus.POSTS} is not in {options['data']}: long posts will be read as messages are."
            )
        trained = training.train(own, posts, corpus.card_of(own, posts), level_of=level_of)
        try:
            model.write(trained, options["out"])
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}.", returncode=MISUSED) from None
        self.stdout.write(f"Wrote {options['out']}. Measure it with evaluate_danger before anybody uses it.")
