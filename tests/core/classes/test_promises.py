"""What docs/school-privacy.md promises: each line names a test, and each of those is there."""

import re
from pathlib import Path

from core import discreet

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "school-privacy.md").read_text()


def test_each_promise_names_a_test_that_is_there():
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    there = {
        name for file in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text())
    }
    assert len(named) > 15
    assert named <= there, named - there


def test_each_row_of_what_is_kept_and_of_each_risk_has_a_test():
    sections = PAGE.split("## ")
    for section in (sections[1], sections[3]):
        rows = [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("|---")][1:]
        assert [row for row in rows if "`test_" not in row] == []


def test_the_samples_for_the_proxies_leave_every_page_of_a_class_out_of_their_logs(app):
    page = (ROOT / "docs" / "deploy.md").read_text()
    nginx = re.search(r"location ~ (\S*class\S*) \{\n\s+access_log off;.*?\n\s+error_log /dev/null", page)
    caddy = re.search(r'request>uri regexp "(.+?)" "…"\n\s+request>remote_ip delete', page)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] in {"classes", "pupils"}]
    assert len(rules) > 30
    for rule in rules:
        path = re.sub(r"<[^>]*>", "abc", rule.rule)
        assert re.search(nginx[1], path), path
        assert re.sub(caddy[1], "…", f"{path}?page=2") == "…", path
        assert discreet.OF_CLASSES.sub("/…", path) == "/…", path
    for path in ("//w/lombok/class/abc", "/w/./lombok/class/abc", "/w/lombok/%63lass/abc", "/x/../w/lombok/class/abc"):
        assert re.sub(caddy[1], "…", path) == "…", "as it was sent; nginx has made one spelling of it before"
    assert not re.search(nginx[1], "/w/lombok/classics")
