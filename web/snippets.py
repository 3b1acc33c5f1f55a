"""What partners copy: tags and policy lines, exact to the letter."""

from __future__ import annotations

from markupsafe import escape

from bot.knowledge.sites import Site
from web.releases import Release

#: What a frame must be allowed to do: send its form, open links beside it, and leave by the exit.
SANDBOX = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
_LINK = "Information and contacts"


def script_tag(root: str, site: Site) -> str:
    """The one tag, with the address that always has the newest release; `root` is this service's own."""
    return _script(f"{root}/w/1/signpost.js", f' data-site="{escape(site.id)}"')


def pinned_tag(root: str, site: Site, release: Release) -> str:
    """The tag of one release, whose script the browser refuses if a single byte of it is another."""
    more = f' data-site="{escape(site.id)}"\n  integrity="{release.integrity}"'
    return _script(f"{root}/w/{release.version}/signpost.js", more)


def element(root: str, site: Site) -> str:
    """The same with a link in its place, for whoever cannot run the script."""
    return (
        f'<signpost-chat data-site="{escape(site.id)}"><a href="{root}/">{_LINK}</a></signpost-chat>\n'
        + _script(f"{root}/w/1/signpost.js")
    )


def _script(address: str, more: str = "") -> str:
    # With `crossorigin` the browser says whose page it is: who is not listed is told so.
    return f'<script defer src="{address}" crossorigin="anonymous"{more}></script>'


def frame_tag(root: str, site: Site) -> str:
    """The frame for pages that take no script."""
    return (
        f'<iframe src="{root}/embed/{escape(site.id)}" title="{_LINK}" width="100%" height="700"\n'
        f'  referrerpolicy="no-referrer" sandbox="{SANDBOX}"></iframe>\n'
        f'<a href="{root}/">{_LINK}</a>'
    )


def policy_lines(root: str) -> str:
    """What a host page's Content-Security-Policy needs for the tag, and for the frame."""
    lines = (
        f"script-src {root}",
        f"connect-src {root}",
        f"style-src {root}   (for browsers before 2023)",
        f"frame-src {root}   (for the frame alone)",
    )
    return "\n".join(lines)
