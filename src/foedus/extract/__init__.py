"""Resolved document -> records, one module a kind, one public function each."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from foedus.record import Reading, Record, Report

if TYPE_CHECKING:
    from foedus.language import Pipeline
    from foedus.mentions import Document


R = TypeVar("R", bound=Record)


def extract(document: Document) -> Reading:
    """Every record of one resolved report, each kind in text order; of a report on another topic only its statements."""
    from foedus.extract.activities import find_activities
    from foedus.extract.agreements import find_agreements
    from foedus.extract.commitments import find_commitments
    from foedus.extract.events import find_events
    from foedus.extract.meetings import find_meetings
    from foedus.extract.statements import find_statements
    from foedus.extract.statements_about import with_about
    from foedus.extract.topic import other_topic
    from foedus.extract.trust import kept, weighed

    if other_topic(document) is not None:
        return Reading(report=document.report, statements=_once(find_statements(document)))
    agreements = kept(document, find_agreements(document))
    meetings = kept(document, find_meetings(document))
    statements = find_statements(document)
    commitments = find_commitments(document)
    activities = kept(document, find_activities(document))
    statements = with_about(document, statements, agreements, meetings, activities)
    events = find_events(document, agreements, meetings, statements, commitments, activities)
    return Reading(
        report=document.report,
        agreements=_once(weighed(document, agreements)),
        meetings=_once(weighed(document, meetings)),
        statements=_once(statements),
        commitments=_once(commitments),
        activities=_once(weighed(document, activities)),
        events=_once(events),
    )


def _once(records: Sequence[R]) -> tuple[R, ...]:
    """The records in order, a second one with the same identity left out."""
    return tuple({record.id: record for record in reversed(records)}.values())[::-1]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without garbage collection: one report's words and mentions are all needed to the end, and looking through them costs a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def read_reports(reports: Iterable[Report], pipeline: Pipeline | None = None) -> Iterator[Reading]:
    """One `Reading` a report, in order, each the same in any company."""
    from foedus.language import load
    from foedus.mentions import resolve

    chosen = pipeline or load()
    for report in reports:
        with undisturbed():
            reading = extract(resolve(report, chosen.parse(report.text)))
        yield reading


def read_report(report: Report, pipeline: Pipeline | None = None) -> Reading:
    """What one report says."""
    return next(iter(read_reports([report], pipeline)))
