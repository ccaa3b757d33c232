"""What a thing of OpenStreetMap is on our map, by its tags: a layer, or nothing that we draw."""

from collections.abc import Mapping

Tags = Mapping[str, str]

WAYS: dict[str, tuple[str, ...]] = {
    "main": ("motorway", "trunk", "primary", "secondary", "tertiary"),
    "street": ("residential", "unclassified", "living_street", "pedestrian", "road"),
    "alley": ("service",),
    "path": ("footway", "path", "steps", "cycleway", "track", "bridleway"),
}
_LAYER = {kind: layer for layer, kinds in WAYS.items() for kind in kinds}
NOT_DRAWN = frozenset({"sidewalk", "crossing", "driveway", "parking_aisle"})
WATER = {"natural": {"water"}, "waterway": {"riverbank", "dock"}, "landuse": {"basin", "reservoir"}}
GREEN = {
    "leisure": {"park", "garden", "playground", "pitch", "nature_reserve"},
    "landuse": {"grass", "forest", "meadow", "recreation_ground", "village_green", "allotments", "cemetery"},
    "natural": {"wood", "scrub", "grassland", "heath"},
}


def of_way(tags: Tags) -> str | None:
    """main, street, alley or path. Pavements beside a street, driveways and squares are not drawn as lines."""
    if tags.get("area") == "yes" or NOT_DRAWN & {tags.get("footway", ""), tags.get("service", "")}:
        return None
    return _LAYER.get(tags.get("highway", "").removesuffix("_link"))


def of_area(tags: Tags) -> str | None:
    """water, green or block."""
    if tags.get("building", "no") != "no":
        return "block"
    for layer, known in (("water", WATER), ("green", GREEN)):
        if any(tags.get(key) in values for key, values in known.items()):
            return layer
    return None
