"""What a record gives away of places and people is counted by kind, and the thing itself is nowhere."""

from __future__ import annotations

import dataclasses

PLACES = """
<location><name><narrative>Quillfeather</narrative></name><point><pos>1.5 2.5</pos></point>
  <exactness code="1"/></location>
<location><name><narrative>Quillfeather hill</narrative></name><point><pos>1.5 2.6</pos></point>
  <exactness code="2"/></location>
<location><point><pos>1.5 2.7</pos></point></location>
<location><name><narrative/></name><description><narrative>Quillfeather</narrative></description></location>
<location><name><narrative>Mali</narrative></name><point><pos>1.5 2.8</pos></point><exactness code="1"/></location>
<location><coordinates latitude="1.5" longitude="2.9"/></location>
"""
CONTACTS = """
<contact-info><person-name><narrative>Quillfeather</narrative></person-name><person-name>Quillfeather</person-name>
  <person-name><narrative> </narrative></person-name><telephone>Quillfeather</telephone><telephone/>
  <email>Quillfeather</email></contact-info>
<contact-info><email>quillfeather@example.org</email><mailing-address>Quillfeather</mailing-address></contact-info>
"""


def test_points_and_names_of_places_inside_countries(one):
    found = one(PLACES)

    assert found.exposes == {"point": 3, "exact-point": 1, "named-place": 2}
    assert found.program.published.points == 4


def test_contacts_are_counted_where_there_is_something_in_them_and_never_read_out(one):
    found = one(CONTACTS)

    assert found.exposes == {"person": 2, "e-mail": 2, "telephone": 1}
    assert "quillfeather" not in str(dataclasses.asdict(found)).lower()


def test_local_bodies_that_are_named_count_once(one):
    named = "<narrative>Quillfeather</narrative>"
    found = one(
        f'<participating-org role="4" type="24" ref="XA-7">{named}</participating-org>'
        f'<participating-org role="2" type="24" ref="XA-7">{named}</participating-org>'
        f'<participating-org role="4" type="22"><narrative>Quillfeather league</narrative></participating-org>'
        '<participating-org role="4" type="24" ref="XA-8"/>'
        '<participating-org role="4" type="24"><narrative>Various</narrative></participating-org>'
        '<participating-org role="4" type="21"><narrative>Wells abroad</narrative></participating-org>'
        '<transaction><transaction-type code="3"/><value>1</value><receiver-org type="11">'
        "<narrative>Quillfeather council</narrative></receiver-org></transaction>"
    )

    assert found.exposes == {"named-local-body": 3}


def test_a_record_that_gives_nothing_away_has_no_counts(one):
    assert one('<location><location-id code="1" vocabulary="G1"/></location>').exposes == {}
