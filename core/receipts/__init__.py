"""Receipts: the secret of somebody without an account, by which they come back to what they handed in."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit.acts import PARTS, Acts
from core.receipts import lost_pages, service, views
from core.staying import STAYING, Staying


def init_app(app: Flask) -> None:
    """Register the page of a receipt, that of hosts where one was lost, how that reads in the log, and what stays."""
    views.init_app(app)
    lost_pages.init_app(app)
    STAYING.add(app, "receipt", Staying(service.inherit, service.drop), order=10)
    PARTS.add(app, "receipts", Acts("receipts", _l("Receipts"), {"receipt.reissue": _l("gave a new receipt")}))
