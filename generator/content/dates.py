"""Dates and times as people write them, in the languages of the samples."""

import re

_MONTHS = (
    "jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|sept|o[ck]t|nov|de[cz]|janv|févr|mars|avr|juin|juil"
    "|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|abr|out|mrt|mei"
    "|january|february|march|april|june|july|august|september|october|november|december"
    "|januar|februar|märz|juni|juli|oktober|dezember|janvier|février|avril|juillet|septembre"
    "|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
    "|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre"
    "|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|januari|februari|maart|augustus"
)
_YEAR = r"(?:1\d|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_HOUR = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?(?:[ap]m|uhr)"
_UNIT = "day|week|month|year|hour|tag|woche|monat|jahr|jour|semaine|mois|día|semana|mes|giorno|dia"
_POINT = (
    rf"(?:{_DAY}\s)?(?:{_MONTHS})\.?(?:\s{_DAY})?(?:,?\s{_YEAR})?|{_YEAR}-\d\d(?:-\d\d)?"
    rf"|\d{{1,2}}[./]\d{{1,2}}[./](?:{_YEAR}|\d\d)?|[qh][1-4](?:\s{_YEAR})?|{_YEAR}\s[qh][1-4]"
    rf"|{_YEAR}s?|{_HOUR}|(?:{_UNIT})\s\d{{1,4}}|'\d\d"
)
_SPAN = rf"(?:{_POINT})(?:\s?[-\u2013\u2014]\s?(?:{_POINT}|\d{{1,2}}|now|today|heute|hoy)?)?"
_BEFORE = (
    r"(?:(?:since|from|until|by|early|late|mid|spring|summer|autumn|fall|winter|in|ca\.|seit|ab"
    r"|bis)[\s-])?"
)
_DATE = re.compile(rf"{_BEFORE}~?{_SPAN}", re.IGNORECASE)
_TODAY = re.compile(
    "today|now|tomorrow|next|soon|heute|jetzt|morgen|aujourd.hui|hoy|oggi", re.IGNORECASE
)


def is_date(text: str) -> bool:
    """Return whether a text is a date, a time or a span of them, and nothing else."""
    return bool(_DATE.fullmatch(text.strip()) or _TODAY.fullmatch(text.strip()))


def is_today(text: str) -> bool:
    """Return whether a text is a time that only stands among dates: `Today`."""
    return bool(_TODAY.fullmatch(text.strip()))
