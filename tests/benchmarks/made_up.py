"""Made-up IATI activities of the size and build of published ones, as many as wanted, always the same."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COUNTRIES = ("XA", "XB", "XC", "XD", "XE", "XF")
SECTORS = ("11220", "12220", "13040", "14030", "15110", "15130", "15210", "15220", "16010", "31120", "43040", "72010")
KINDS = ("10", "15", "21", "22", "23", "24", "40", "70", "80")
TEXT = (
    "the program works with village committees and health posts on water roads schools and seed banks so that people "
    "who came back after the floods can farm again it trains nurses pays teachers repairs wells and brings together "
    "traders of both banks of the river who have not met since the market was closed district officers keep the lists "
    "of those who are served and an advisory group of women looks through them every season before money is paid"
)
WORDS = TEXT.split(" ")


def activity(number: int) -> str:
    """One activity of version 2.03, about 13,000 characters, with what publishers usually give."""
    chance = random.Random(number)  # noqa: S311 - the same numbers each time are the point
    text = " ".join(chance.choice(WORDS) for _ in range(chance.choice((8, 40, 80, 80, 120, 900))))
    country = chance.choice(COUNTRIES)
    parts = [
        f'<iati-activity default-currency="USD" last-updated-datetime="2026-01-{1 + number % 28:02d}" xml:lang="en">',
        f"<iati-identifier>XM-{number % 40}-{number:07d}</iati-identifier>",
        f'<reporting-org ref="XM-{number % 40}" type="10"><narrative>Aid of Xanadia</narrative></reporting-org>',
        f"<title><narrative>Works {number} in {country}</narrative></title>",
        f'<description type="1"><narrative>{text}</narrative></description>',
    ]
    for role in (1, 2, 4, 4):
        kind = chance.choice(KINDS)
        body = f"Body {chance.randrange(500)}"
        parts.append(
            f'<participating-org role="{role}" type="{kind}"><narrative>{body}</narrative></participating-org>'
        )
    parts.append('<activity-status code="2"/>')
    parts += [f'<activity-date type="{kind}" iso-date="202{kind}-03-01"/>' for kind in (1, 2, 3)]
    parts.append("<contact-info><email>somebody@example.org</email></contact-info>")
    parts.append(f'<recipient-country code="{country}"/>')
    if number % 3 == 0:
        parts.append(
            "<location><name><narrative>A district</narrative></name><point><pos>1.5 2.5</pos></point></location>" * 4
        )
    for share, code in zip((60, 40), chance.sample(SECTORS, 2), strict=True):
        parts.append(f'<sector vocabulary="1" code="{code}" percentage="{share}"/>')
    parts += [f'<policy-marker vocabulary="1" code="{code}" significance="0"/>' for code in range(1, 6)]
    parts += [f"<budget>{_period(year)}<value value-date='{year}-01-01'>1000</value></budget>" for year in (2024, 2025)]
    for turn in range(chance.choice((2, 5, 10, 40))):
        parts.append(
            f'<transaction><transaction-type code="{2 + turn % 3}"/><transaction-date iso-date="202{turn % 6}-05-01"/>'
            f'<value value-date="2024-05-01">{chance.randrange(-500, 90000)}</value>'
            f"<description><narrative>Instalment {turn}</narrative></description>"
            f'<receiver-org type="22"><narrative>Body {turn}</narrative></receiver-org></transaction>'
        )
    parts += [
        f'<document-link format="text/html" url="https://example.org/{number}/{kind}"><title><narrative>Paper'
        f'</narrative></title><category code="A0{kind}"/></document-link>'
        for kind in (1, 2, 8)
    ]
    if number % 5 == 0:
        parts.append(_result() * 6)
    parts.append("</iati-activity>\n")
    return "".join(parts)


def _period(year: int) -> str:
    return f'<period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>'


def _result() -> str:
    period = f"<period>{_period(2025)}<target value='10'/><actual value='4'/></period>"
    indicator = f"<indicator measure='1'><title><narrative>Wells</narrative></title>{period * 3}</indicator>"
    return f"<result type='1'><title><narrative>Water</narrative></title>{indicator * 2}</result>"


def pieces(count: int, first: int = 0) -> Iterator[str]:
    """A whole file of activities, bit by bit."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
    for number in range(first, first + count):
        yield activity(number)
    yield "</iati-activities>\n"


def write(path: Path, count: int) -> Path:
    """Write a file of so many activities; its path."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(pieces(count))
    return path
