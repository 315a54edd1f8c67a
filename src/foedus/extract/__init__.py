"""Resolved document -> records, one module a kind, one public function each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from foedus.record import Reading, Report

if TYPE_CHECKING:
    from foedus.language import Pipeline
    from foedus.mentions import Document


def extract(document: Document) -> Reading:
    """Every record of one resolved report, each kind in text order."""
    from foedus.extract.activities import find_activities
    from foedus.extract.agreements import find_agreements
    from foedus.extract.commitments import find_commitments
    from foedus.extract.events import find_events
    from foedus.extract.meetings import find_meetings
    from foedus.extract.statements import find_statements

    agreements = find_agreements(document)
    meetings = find_meetings(document)
    statements = find_statements(document)
    commitments = find_commitments(document)
    activities = find_activities(document)
    return Reading(
        report=document.report,
        agreements=tuple(agreements),
        meetings=tuple(meetings),
        statements=tuple(statements),
        commitments=tuple(commitments),
        activities=tuple(activities),
        events=tuple(find_events(document, agreements, meetings, statements, commitments, activities)),
    )


def read_reports(reports: Iterable[Report], pipeline: Pipeline | None = None) -> Iterator[Reading]:
    """One `Reading` a report, in order; reads a few reports ahead so that the parser can fill its batches."""
    from foedus.language import load
    from foedus.mentions import resolve

    chosen = pipeline or load()
    waiting: list[Report] = []

    def texts() -> Iterator[str]:
        for report in reports:
            waiting.append(report)
            yield report.text

    for doc in chosen.parse_many(texts()):
        yield extract(resolve(waiting.pop(0), doc))


def read_report(report: Report, pipeline: Pipeline | None = None) -> Reading:
    """What one report says."""
    return next(iter(read_reports([report], pipeline)))
