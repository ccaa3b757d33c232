"""The order of a walk, its legs and how long it takes: plain functions over points, no tables and no web."""

from flask import Flask

from core.basemap.built import folder
from core.basemap.extract import Node, Way
from core.basemap.makers import MAKERS, Read
from tours.routing import graph_file
from tours.routing.graph import FootGraph

FILE = "foot.sqlite"


def init_app(app: Flask) -> None:
    """Have a foot graph made of each extract that a neighbourhood's map is built from."""
    MAKERS.add(app, "foot graph", _make)


def tiers(slug: str) -> list[FootGraph]:
    """The tiers for `Legs` in a neighbourhood: its foot graph, which gives way while nobody built it."""
    return [FootGraph(folder(slug) / FILE)]


def _make(read: Read) -> str:
    ways = (thing for thing in read.things if isinstance(thing, Way))
    nodes = (thing for thing in read.things if isinstance(thing, Node))
    made = graph_file.write(read.folder / FILE, ways, nodes)
    return f"{FILE}, {(read.folder / FILE).stat().st_size:,} bytes, {made['edges']:,} edges"
