"""A teller's words: shown without what could do harm, compared sentence by sentence, found however they are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.stories import text, transcript
from tours.stories.folding import folded, wanted
from tours.stories.transcript import Cue

BEFORE = (
    "Op zaterdag stond de rij tot aan de brug. Mijn moeder stuurde mij, want ik was klein van stuk voor mijn leeftijd. "
    "Buurman Teun van nummer 12 vond dat niet eerlijk. Later sloot de winkel."
)
AFTER = (
    "Op zaterdag stond de rij tot aan de brug. Mijn moeder stuurde mij, want ik was klein. "
    "Ik kreeg altijd een plakje worst. Later sloot de winkel."
)


def test_paragraphs_emphasis_lists_and_quotations_are_shown():
    page = text.shown("Een *zachte* en een **harde** zin.\nTweede regel.\n\n- brood\n- melk\n\n> zei zij")
    assert "<em>zachte</em>" in page
    assert "<strong>harde</strong>" in page
    assert "<li>brood</li>" in page
    assert "<blockquote>" in page
    assert "<br>" in page


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "[klik](javascript:alert(1))", "![x](http://127.0.0.1/a.png)", "<b onclick=x>a</b>",
     "<svg/onload=alert(1)>", "`code` <http://evil.example>", "<!-- a --> &lt;img src=x onerror=alert(1)&gt;"],
)  # fmt: skip
def test_what_could_do_harm_stays_text(words):
    page = text.shown(words)
    assert not any(sign in page for sign in ("<script", "<a", "<img", "<svg", "<b ", "<code", "<!--", "href"))


@given(st.text(max_size=80))
def test_only_the_tags_that_we_chose_are_ever_in_it(words):
    tags = {part.split(">")[0].strip("/ ") for part in str(text.shown(words)).split("<")[1:]}
    assert tags <= text.TAGS


def test_a_sentence_that_changed_went_or_came_is_told_apart_from_those_that_stayed():
    lines = text.compared(BEFORE, AFTER)
    assert [line.kind for line in lines] == ["same", "changed", "gone", "new", "same"]
    assert ("gone", "van stuk voor mijn leeftijd.") in lines[1].parts or lines[1].parts[-2:] == (
        ("gone", "klein van stuk voor mijn leeftijd."), ("new", "klein."),
    )  # fmt: skip
    assert lines[2].sentence.startswith("Buurman Teun")


@given(
    st.lists(st.sampled_from(["Een.", "Twee.", "Drie van ons.", "Vier!"])), st.lists(st.sampled_from(["Een.", "Vijf?"]))
)
def test_the_new_version_can_be_read_back_out_of_a_comparison(before, after):
    lines = text.compared(" ".join(before), " ".join(after))
    assert [line.sentence for line in lines if line.kind != "gone"] == after


def test_long_sentences_are_hinted_at_and_nothing_is_changed():
    long = "Dit is een zin die maar door blijft gaan omdat niemand ooit een punt heeft durven zetten."
    assert text.long_sentences(f"Kort. {long}") == [long]


def test_moments_that_were_tapped_are_kept_and_the_rest_is_shared_by_length():
    said = transcript.cues("Een. Twee. Drie. Vier.", [0, 4000], 12_000)
    assert [cue.start for cue in said][:2] == [0, 4000]
    assert 4000 < said[2].start < said[3].start < 12_000


@given(st.lists(st.integers(-5, 20_000), max_size=6), st.integers(1000, 15_000))
def test_sentences_never_begin_before_the_one_before_nor_after_the_end(starts, milliseconds):
    said = [cue.start for cue in transcript.cues("Een. Twee. Drie. Vier.", starts, milliseconds)]
    assert said == sorted(said)
    assert all(0 <= start < milliseconds for start in said)


def test_it_is_written_as_webvtt_without_markup_of_its_own():
    written = transcript.vtt([Cue(0, "Hij zei --> <b>ja</b> & nee"), Cue(61_500, "Klaar.")], 64_000)
    assert written == (
        "WEBVTT\n\n00:00:00.000 --> 00:01:01.500\nHij zei --&gt; &lt;b&gt;ja&lt;/b&gt; &amp; nee\n\n"
        "00:01:01.500 --> 00:01:04.000\nKlaar.\n"
    )


@pytest.mark.parametrize(
    "spellings", [("Işık", "IŞIK", "ışık", "isik"), ("Café", "cafe", "CAFÉ"), ("مَدْرَسَة", "مدرسة", "مدرسه"),
                  ("أحمد", "احمد"), ("Straße", "strasse"), ("Łódź", "lodz"), ("ﬁets", "fiets")],
)  # fmt: skip
def test_spellings_of_one_word_are_one(spellings):
    assert len({folded(one) for one in spellings}) == 1


def test_what_is_searched_for_is_words_and_no_more_than_twelve():
    assert wanted('brug" OR 1=1 -- *') == ["brug", "or", "1", "1"]
    assert len(wanted("a " * 40)) == 12
