"""Make a network and measure on it; started by bench_network.py with the environment of its services."""

import argparse
import datetime as dt

import django

PARTS = ("lists", "reads", "pages", "scored")


def main() -> None:
    """Load, measure what was asked for, print one table."""
    parser = argparse.ArgumentParser(prog="bench_network.py", description=__doc__)
    parser.add_argument("--patients", type=int, default=100_000, help="how many, 200 to a psychologist")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    given = parser.parse_args()
    django.setup()
    from bench.network import lists, pages, reads, scored
    from bench.network.contest import HEADING, say
    from bench.network.load import load
    from bench.network.scale import Scale, of_patients

    measures = {
        "lists": lists.measure,
        "reads": reads.measure,
        "pages": pages.measure,
        "scored": scored.measure,
    }
    scale = Scale() if given.patients == Scale().patients else of_patients(given.patients)
    at = dt.datetime.now(dt.UTC)  # noqa: TID251  a benchmark's own edge
    load(scale, at=at)
    print(
        f"{scale.patients:,} patients, {scale.observations:,} observations, {given.rounds} rounds in turn\n"
    )
    print(HEADING)
    for part in given.parts:
        say(measures[part](scale, at=at, rounds=given.rounds))


if __name__ == "__main__":
    main()
