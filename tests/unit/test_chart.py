"""A chart's picture: what a person can see in it, whatever the texts and the numbers are."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageColor, features

from bot.domain.messages import Bar, Chart
from channels import chart_layout as layout
from channels.chart import draw
from channels.lettering import ELLIPSIS, FONTS, MISSING, Lettering

DARK = 128  # a grey level: filled is below, open and paper are above
LONG = "Reference and Information Services for Everyone in the County and Its Neighbours " * 3
WORD = "Donaudampfschifffahrtsgesellschaft" * 5
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


def bar(done: int = 3, total: int = 12, *, label: str = "Technology", note: str = "to go") -> Bar:
    return Bar(label=label, done=done, total=total, note=note)


def chart(*bars: Bar, title: str = "Your progress", footer: str = "1 of 6 sets complete.") -> Chart:
    return Chart(title=title, bars=bars, footer=footer, alt="in words")


def picture(drawn: Chart) -> Image.Image:
    with Image.open(BytesIO(draw(drawn))) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def column(image: Image.Image, left: int, right: int) -> Image.Image:
    return image.crop((left, 0, right, image.height))


def dark_pixels(image: Image.Image) -> int:
    return sum(image.convert("L").histogram()[:DARK])


def filled(*bars: Bar) -> int:
    """How many pixels of the bars are filled, told without colours."""
    return dark_pixels(column(picture(chart(*bars)), layout.BAR_LEFT, layout.BAR_RIGHT))


def colours(image: Image.Image) -> set[object]:
    return {colour for _, colour in image.getcolors(image.width * image.height) or ()}


def test_the_picture_is_twice_900_points_wide_and_grows_with_every_row() -> None:
    sizes = [picture(chart(*[bar()] * rows)).size for rows in (1, 2, 7, 14)]

    assert {width for width, _ in sizes} == {1800}
    assert [height for _, height in sizes] == sorted({height for _, height in sizes})


def test_the_same_chart_gives_the_same_bytes() -> None:
    drawn = chart(bar(), bar(12, label="مرحبا 😀"))

    assert draw(drawn) == draw(drawn)


@pytest.mark.parametrize("total", [1, 9, 17, 24, 25, 400])
def test_a_fuller_bar_has_more_filled_pixels(total: int) -> None:
    amounts = [filled(bar(done, total)) for done in sorted({0, 1, total // 2, total - 1, total})]

    assert amounts[0] == 0
    assert amounts == sorted(set(amounts))


def test_half_a_bar_is_filled_to_half_without_any_colour() -> None:
    assert filled(bar(6, 12)) == pytest.approx(filled(bar(12, 12)) / 2, rel=0.03)


def test_one_part_of_a_thousand_shows_and_one_open_part_of_a_thousand_shows() -> None:
    assert filled(bar(1, 1000)) > 0
    assert filled(bar(999, 1000)) < filled(bar(1000, 1000))


def test_more_done_than_there_is_looks_complete_and_less_than_nothing_looks_empty() -> None:
    assert draw(chart(bar(99, 3))) == draw(chart(bar(3, 3)))
    assert draw(chart(bar(-4, 3))) == draw(chart(bar(0, 3)))
    assert draw(chart(bar(2, -1))) == draw(chart(bar(0, 0)))


def mark(drawn: Bar) -> Image.Image:
    """The place of the mark in the only row of a chart, in grey, without the lines around it."""
    image = picture(chart(drawn, title="", footer="")).convert("L")
    rules = [y for y in range(image.height) if image.getpixel((layout.WIDTH // 2, y)) != 255]
    middle = (rules[0] + rules[-1]) // 2
    left, half = layout.MARGIN, layout.MARK_SIZE // 2
    return image.crop((left, middle - half, left + 2 * half, middle + half))


def test_only_a_complete_row_carries_a_check_mark() -> None:
    assert dark_pixels(mark(bar(12, 12))) > 1000
    assert dark_pixels(mark(bar(11, 12))) < 200
    assert dark_pixels(mark(bar(0, 0))) < 200


def test_the_check_mark_is_a_light_shape_inside_its_dark_disc() -> None:
    disc = mark(bar(12, 12))

    assert disc.getpixel((22, 34)) == 255
    assert dark_pixels(disc.crop((14, 4, 38, 10))) == 24 * 6


def test_an_open_row_carries_an_empty_ring() -> None:
    ring = mark(bar(11, 12))

    assert ring.crop((0, 0, 6, 6)).getextrema() == (255, 255)
    assert ring.crop((14, 14, 38, 38)).getextrema() == (255, 255)
    assert ring.crop((0, 20, 4, 32)).getextrema() != (255, 255)


def test_done_and_total_stand_beside_the_bar_as_text() -> None:
    three = column(picture(chart(bar(3, 30, note=""))), layout.WORDS_LEFT, layout.WORDS_RIGHT)
    four = column(picture(chart(bar(4, 30, note=""))), layout.WORDS_LEFT, layout.WORDS_RIGHT)

    assert dark_pixels(three) > 500
    assert three.tobytes() != four.tobytes()


TEXTS = [LONG, WORD, WORD.upper() + LONG, "مرحبا " * 60, "田" * 300, "i\u0301\u0327" * 90, "W" * 99]


def crowded(text: str) -> Chart:
    rows = [bar(done, 8, label=text, note=text) for done in (0, 5, 8)]
    return chart(*rows, title=text, footer=text)


def assert_columns_stay_apart(drawn: Chart) -> None:
    image = picture(drawn)
    between = [
        (layout.LABEL_RIGHT, layout.BAR_LEFT),
        (layout.BAR_RIGHT, layout.WORDS_LEFT),
        (layout.MARGIN + layout.MARK_SIZE, layout.LABEL_LEFT),
    ]
    for left, right in between:
        seen = colours(column(image, left, right))
        assert seen <= {ImageColor.getrgb(layout.PAPER), ImageColor.getrgb(layout.HAIR)}


@pytest.mark.parametrize("text", TEXTS)
def test_long_texts_touch_neither_the_bar_nor_the_mark(text: str) -> None:
    assert_columns_stay_apart(replace(crowded(text), title="", footer=""))


def assert_margins_are_clean(image: Image.Image) -> None:
    paper = Image.new("RGB", image.size, layout.PAPER)
    box = ImageChops.difference(image, paper).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert min(left, image.width - right) >= layout.MARGIN
    assert min(top, image.height - bottom) >= layout.HEADROOM


@pytest.mark.parametrize("text", TEXTS)
def test_no_ink_lies_in_the_margins(text: str) -> None:
    assert_margins_are_clean(picture(crowded(text)))


@given(texts=st.lists(ANY_TEXT, min_size=4, max_size=4), done=st.integers(), total=st.integers())
@settings(max_examples=40, deadline=None)
def test_any_text_and_any_numbers_can_be_drawn(texts: list[str], done: int, total: int) -> None:
    title, label, note, footer = texts
    row = bar(done, total, label=label, note=note)

    assert_margins_are_clean(picture(chart(row, title=title, footer=footer)))
    assert_columns_stay_apart(chart(row, title="", footer=""))


def test_a_chart_with_nothing_in_it_is_still_a_picture() -> None:
    assert picture(chart(title="", footer="")).width == layout.WIDTH


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    shares = [level / 255 for level in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", [layout.INK, layout.QUIET])
def test_words_stand_out_from_the_paper(ink: str) -> None:
    assert contrast(ink, layout.PAPER) >= 4.5


@pytest.mark.parametrize("ink", [layout.DONE, layout.WHOLE])
def test_filled_stands_out_from_paper_and_from_open(ink: str) -> None:
    assert contrast(ink, layout.PAPER) >= 4.5
    assert contrast(ink, layout.OPEN) >= 4.5
    assert contrast(layout.EDGE, layout.PAPER) >= 3


def lines(text: str, width: int = 600, most: int = 2) -> list[str]:
    return [line.text for line in Lettering().lines(text, width, most=most, size=56)]


def test_a_text_breaks_at_spaces_and_ends_in_an_ellipsis_only_when_words_are_left_out() -> None:
    assert lines("Foundations of Library Services") == ["Foundations of Library", "Services"]
    assert len(lines(LONG)) == 2
    assert lines(LONG)[-1].endswith(ELLIPSIS)
    assert "".join(lines(WORD[:60], most=9)) == WORD[:60]


def test_what_no_font_can_show_becomes_a_square_and_what_shows_nothing_goes() -> None:
    assert lines("田中 Sam", most=1)[0].endswith(f"{MISSING}{MISSING} Sam")
    assert lines("Ada\x00\u202e \n Bo\u0301b") == ["Ada Bób"]
    assert lines("\ud800")[0].endswith(MISSING)


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow sets no right-to-left text")
def test_a_right_to_left_name_stays_at_its_place_in_an_english_title() -> None:
    name, title = (picture(chart(title=text)) for text in ("أحمد", "أحمد: progress"))
    start = (layout.MARGIN, 0, layout.MARGIN + 80, layout.HEADROOM + 90)

    assert name.crop(start).tobytes() == title.crop(start).tobytes()


def test_only_fonts_of_the_project_are_used_and_each_has_its_licence_beside_it() -> None:
    used = {
        str(line.font.path)
        for text in ("Ada", "مرحبا", "田")
        for line in Lettering().lines(text, 600, most=1, size=56)
    }
    files = list(FONTS.iterdir())

    assert used == {str(file) for file in files if file.suffix == ".ttf"}
    assert len([f for f in files if f.name.startswith("LICENSE-")]) == len(used)
    assert sum(file.stat().st_size for file in files) < 1_500_000
