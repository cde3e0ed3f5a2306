"""Bodies of requests: what is no JSON, or is nested too deeply, is said and never an accident."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class PlainJSONParser(JSONParser):
    """DRF's parser, for which nesting is a mistake of the sender's too."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """The content. Raises ParseError for whatever cannot be read."""
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError(_("This JSON is nested too deeply to be read.")) from error
