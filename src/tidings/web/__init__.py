"""The reading room: a local web application in which people read, compare, decide and show."""

from tidings.web.app import create_app
from tidings.web.serving import serve

__all__ = ["create_app", "serve"]
