"""What waits for a psychologist: drafts of their own caseload, oldest first. Nothing a model says moves a draft."""

from recommendations.queue.figures import Own, Place, Summary, Waiting, own, place_of, signed_by, summary
from recommendations.queue.pages import Cursor, drafts_for, page
from recommendations.queue.rows import SPARK_DAYS, Row, daily_moods, rows

__all__ = [
    "SPARK_DAYS",
    "Cursor",
    "Own",
    "Place",
    "Row",
    "Summary",
    "Waiting",
    "daily_moods",
    "drafts_for",
    "own",
    "page",
    "place_of",
    "rows",
    "signed_by",
    "summary",
]
