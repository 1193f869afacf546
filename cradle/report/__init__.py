"""The report: a static site of the warehouse that works offline from a file."""

from cradle.report.site import ReportError, write_site

__all__ = ["ReportError", "write_site"]
