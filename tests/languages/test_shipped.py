"""The languages that come with lens: whole for the first look, tied to today's English, and unofficial."""

import pytest

from lens.hooks.core import packs
from lens.languages import files
from lens.languages.english import units
from lens.languages.language import language
from lens.languages.tables import rows

UNITS = [one for one in units(packs()) if one.first_look]
SHIPPED = ("ar", "es", "fr", "id", "zh")


def held(code):
    return {
        f"{name}/{stem}": files.read_translation(file, file.name)
        for name, folder in files.own_folders().items()
        for stem, file in files.translations_in(folder, code)
    }


@pytest.mark.parametrize("code", SHIPPED)
def test_a_first_look_and_its_report_are_whole(code):
    lacking = [(row.id, row.field, row.state) for row in rows(UNITS, held(code)) if row.state != "current"]
    assert lacking == []


@pytest.mark.parametrize("code", SHIPPED)
def test_nobody_has_signed_and_the_report_can_say_so(code):
    made = language(code)
    assert not made.is_signed
    assert made.faults == []
    assert made.direction == ("rtl" if code == "ar" else "ltr")
    assert made.text("banner.unofficial.title") != language().text("banner.unofficial.title")


def test_no_translation_is_left_in_a_file_that_no_text_belongs_to():
    known = {(one.file, one.item, one.field) for one in units(packs())}
    for code in SHIPPED:
        for name, made in held(code).items():
            assert {key for key in made.texts if (name, *key) not in known} == set(), f"{name}.{code}"
