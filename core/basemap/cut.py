"""A small extract out of a large one: what touches a box, whole. Only the command that builds loads this.

The large one is gone through five times, and memory holds the numbers of what touches the box, no more.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import osmium

from core.basemap.extract import EACH, KEYS, Box, Progress

os.environ.setdefault("OSMIUM_MAX_OSMDATA_QUEUE_SIZE", "2")  # blocks read ahead; its usual 20 take 100 MB
Ids = set[int]


def cut(file: Path, box: Box, to: Path, progress: Progress) -> None:
    """Write what touches the box to a file: its nodes, then ways and areas with all that they are made of.

    The numbers lie in plain sets: a set of osmium's own takes a bit for each number that there could be, some GB.
    """
    kinds, tell = osmium.osm, _teller(progress)
    nodes = {node.id for node in tell(osmium.FileProcessor(file, kinds.NODE)) if box.holds((node.lat, node.lon))}
    ways, corners = Ids(), Ids()
    for number, refs in _ways(tell(osmium.FileProcessor(file, kinds.WAY))):
        if not nodes.isdisjoint(refs):
            ways.add(number)
            corners.update(refs)
    relations = osmium.FileProcessor(file, kinds.RELATION).with_filter(osmium.filter.KeyFilter(*KEYS))
    areas, members = _areas(tell(relations), ways)
    for number, refs in _ways(osmium.FileProcessor(file, kinds.WAY)):
        if number in members:
            corners.update(refs)
    wanted = {"n": nodes | corners, "w": ways | members, "r": areas}
    with osmium.SimpleWriter(to) as writer:
        for thing in osmium.FileProcessor(file):
            if thing.id in wanted[thing.type_str()]:
                writer.add(thing)


def _ways(ways: Any) -> Iterator[tuple[int, list[int]]]:
    return ((way.id, [node.ref for node in way.nodes]) for way in ways)


def _areas(relations: Iterator[Any], touching: Ids) -> tuple[Ids, Ids]:
    """The relations of which a way touches the box, and all their ways."""
    areas, members = Ids(), Ids()
    for relation in relations:
        ways = {member.ref for member in relation.members if member.type == "w"}
        if not ways.isdisjoint(touching):
            areas.add(relation.id)
            members |= ways
    return areas, members


def _teller(progress: Progress) -> Callable[[Any], Iterator[Any]]:
    """Counts on over all that it is asked to go through."""
    read = 0

    def tell(things: Any) -> Iterator[Any]:
        nonlocal read
        for thing in things:
            yield thing
            read += 1
            if read % EACH == 0:
                progress(read)

    return tell
