"""A step that the catalogue does not have, as a psychologist types it into the form."""

NEW_STEP: dict[str, object] = {
    "code": "time_outdoors",
    "title": "Ten minutes outdoors",
    "words": "Go out once a day for ten minutes. Look for one thing that grows.",
    "dose": "Once a day, for two weeks.",
    "stop_rule": "Stop if you feel unsafe outside. Tell your psychologist.",
    "kind": "Activity",
    "indication": "level_below_usual",
    "rank": "1",
    "caution": "Choose the place together.",
    "outcome": "Mood of the day.",
    "sources": "A made-up source for tests\nAnother one",
    "licence": "Written by the clinic",
    "sign_0_words": "I felt unsafe outside",
    "sign_0_level": "urgent",
    "sign_0_card": "abuse",
    "rule_unsafe_setting": "known",
    "activities": [],
}
"""Nothing is marked about it, so no shipped rule is asked of it; its own rule must be known."""
