"""Template tags of the project."""

from django import template

register = template.Library()
