"""The clockwork: Huey ticks the sweeps every minute. The row is the queue; a sweep picks what is due."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask

from core.registry import Registry

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger(__name__)
SWEEPS: Registry[Callable[[], int]] = Registry("sweeps")
"""Idempotent work of every minute: each owns its transactions, and says how many rows it did."""


def clockwork(app: Flask) -> "Huey":
    """The Huey that a consumer runs. Only a consumer needs it: web processes never load Huey."""
    from huey import crontab

    every_minute = crontab(minute="*")
    clockwork = _huey(app.config["BUURT"].queue_url)

    @clockwork.periodic_task(every_minute)  # type: ignore[untyped-decorator]
    def tick() -> None:
        run(app)

    return clockwork


def run(app: Flask) -> dict[str, int]:
    """Run every sweep once; one that fails is logged and does not keep the others back."""
    done: dict[str, int] = {}
    with app.app_context():
        sweeps = SWEEPS.named()
    for name, work in sweeps.items():
        with app.app_context():
            try:
                done[name] = work()
            except Exception:  # the next tick tries again; the other sweeps must run
                log.exception("the sweep %s failed", name)
    return done


def _huey(url: str) -> "Huey":
    import huey  # 12 MiB with its Redis and PostgreSQL clients

    if url.startswith("memory"):
        return huey.MemoryHuey("buurtspoor", results=False)
    if url.startswith("redis"):
        return huey.RedisHuey("buurtspoor", url=url, results=False)
    if url.startswith("postgresql"):
        return huey.PostgresHuey("buurtspoor", dsn=url.replace("+psycopg", ""), results=False)
    if url.startswith("sqlite:///"):
        return huey.SqliteHuey("buurtspoor", filename=url.removeprefix("sqlite:///"), results=False)
    raise ValueError(f"BUURT_QUEUE_URL is sqlite:///…, postgresql…, redis… or memory://, not {url!r}")
