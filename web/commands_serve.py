"""`signpost serve`."""

from __future__ import annotations

import argparse
import os
import sys

from web.app import create_app
from web.serving import check_free
from web.serving import serve as serve_app
from web.settings import settings_from


def serve(arguments: argparse.Namespace) -> int:
    """Start the service and stay until it is told to stop. Raises what `signpost` expects of a bad start."""
    check_free(arguments.host, arguments.port)
    doing = "Reading the knowledge base (learning it takes a minute the first time) ..."
    print(doing, file=sys.stderr, flush=True)
    app = create_app(settings_from(os.environ, live=arguments.live))
    serve_app(app, arguments.host, arguments.port, arguments.workers)
    return 0
