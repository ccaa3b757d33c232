"""The web of zones."""

from xml.etree import ElementTree

from core.measures.web import draw
from game.scoring.thermometer import Line

SVG = "{http://www.w3.org/2000/svg}"


def test_a_line_is_as_thick_as_its_pairs_and_dotted_without_any():
    lines = [Line("Noord", "Zuid", 20), Line("Noord", "West", 5), Line("Zuid", "West", 0)]
    drawn = ElementTree.fromstring(draw(lines, "Het web"))
    thick = {line.get("stroke-width") for line in drawn.iter(f"{SVG}line") if line.get("class") == "z-edge"}
    assert thick == {"14.0", "5.0"}
    assert len([line for line in drawn.iter(f"{SVG}line") if line.get("class") == "z-edge--none"]) == 1


def test_a_zone_cannot_write_markup_into_the_page():
    drawn = draw([Line("<script>alert(1)</script>", 'a" onload="x', 5)], 'een "label"')
    tags = list(ElementTree.fromstring(drawn).iter())
    assert {tag.tag.removeprefix(SVG) for tag in tags} <= {"svg", "line", "rect", "text"}
    assert not any("onload" in tag.attrib for tag in tags)
