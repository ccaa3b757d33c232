"""Browser libraries are copied once, checked by hash, and made again when something changed."""

from pathlib import Path

import pytest

from core.serving import vendor


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose npm finds everything at once."""

    def install(root: Path) -> None:
        for source in vendor.COPIES.values():
            file = root / "node_modules" / source
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"made for a test\n//# sourceMappingURL=away.js.map\n")

    monkeypatch.setattr(vendor, "_install", install)
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


def test_an_empty_clone_is_not_ready_and_a_filled_one_is(root: Path):
    assert not vendor.ready(root)
    vendor.fill(root)
    assert vendor.ready(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "static/vendor/barcode-detector/ponyfill.js").write_text("changed"),
        lambda root: (root / "static/vendor/barcode-detector/zxing_reader.wasm").unlink(),
        lambda root: (root / "static/vendor/SHA256SUMS").unlink(),
        lambda root: (root / "package-lock.json").write_text('{"newer": true}'),
    ],
    ids=["a changed file", "a lost file", "no hash list", "other versions"],
)
def test_it_is_made_again_after(root: Path, change):
    vendor.fill(root)
    change(root)
    assert not vendor.ready(root)
    vendor.fill(root)
    assert vendor.ready(root)


def test_a_script_loses_its_pointer_to_a_source_map_and_a_binary_loses_nothing(root: Path):
    vendor.fill(root)
    folder = root / "static/vendor/barcode-detector"
    assert (folder / "ponyfill.js").read_text() == "made for a test\n"
    assert b"sourceMappingURL" in (folder / "zxing_reader.wasm").read_bytes()


def test_every_library_brings_its_licence():
    packages = {name.split("/")[0] for name in vendor.COPIES if not name.startswith(("licences/", "fonts/"))}
    licences = {name.removeprefix("licences/") for name in vendor.COPIES if name.startswith("licences/")}
    assert {f"{package}.txt" for package in packages} <= licences
    fonts = [name.removeprefix("fonts/") for name in vendor.COPIES if name.startswith("fonts/")]
    assert all(any(font.startswith(licence.removesuffix(".txt")) for licence in licences) for font in fonts)
