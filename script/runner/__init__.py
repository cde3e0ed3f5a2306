"""Everything that stands under Countersign while it runs here: environment, services, supervision.

Standard library only: it has to work before the project's own environment exists.
"""
