"""Tokens planted where people are named must not come out anywhere; names of bodies and places only in the annex."""

from __future__ import annotations

from dataclasses import asdict

from lens.readers.iati import read_activities

CONTACT = """
<contact-info type="1">
  <organisation><narrative>Quillfeather</narrative></organisation>
  <person-name><narrative>Quillfeather</narrative></person-name>
  <telephone>Quillfeather</telephone><email>quillfeather@example.org</email>
  <mailing-address><narrative>Quillfeather</narrative></mailing-address>
</contact-info>
"""
NAMED = """
<reporting-org ref="XA-1"><narrative>Marzipanic</narrative></reporting-org>
<participating-org role="1"><narrative>Marzipanic</narrative></participating-org>
<participating-org role="4" type="10"><narrative>Marzipanic Police</narrative></participating-org>
<transaction><value>1</value><receiver-org><narrative>Marzipanic</narrative></receiver-org>
  <provider-org><narrative>Quillfeather</narrative></provider-org>
  <description><narrative>Quillfeather</narrative></description></transaction>
<recipient-country code="QQ"><narrative>Marzipanic</narrative></recipient-country>
<location><name><narrative>Marzipanic</narrative></name>
  <description><narrative>Marzipanic</narrative></description><point><pos>47.1111 12.2222</pos></point></location>
<policy-marker code="Marzipanic marker"/><sector vocabulary="Marzipanic words" code="1"/>
<activity-status>Marzipanic status</activity-status><recipient-region code="Marzipanic region"/>
<document-link url="https://example.org/quillfeather"><title><narrative>Quillfeather</narrative></title></document-link>
"""


def test_contacts_are_never_read(write):
    text = f"<iati-activities><iati-activity><title>Wells</title>{CONTACT}{NAMED}</iati-activity></iati-activities>"
    (found,) = read_activities(write(text))

    assert "quillfeather" not in str(asdict(found)).lower()


def test_names_and_points_are_in_the_annex_and_not_in_the_program(one):
    found = one(CONTACT + NAMED)

    assert "marzipanic" not in str(asdict(found.program)).lower()
    assert "47.1111" not in str(asdict(found.program))
    assert str(asdict(found.annex)).count("Marzipanic") >= 5
