"""What a LIANPU_GRAPH_URL of a Neo4j server says, and how much of it may be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from graph.errors import BadGraphUrl

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
PORT = 7687


@dataclass(frozen=True, slots=True)
class Address:
    """Where a graph is: the server, who asks, and which database of it."""

    uri: str  # as the driver takes it, without name and password
    auth: tuple[str, str] | None = field(repr=False)
    database: str
    shown: str  # the URL without the password


def parse_address(url: str) -> Address:
    """Read `neo4j://user:password@host:port/database`; port and database may be left out. Raises BadGraphUrl.

    No error says any part of the URL: a password that was not percent-encoded may stand in any part.

    >>> parse_address("neo4j://neo4j:p%40ss@db.example/").shown
    'neo4j://neo4j@db.example:7687/neo4j'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadGraphUrl("主机和端口看不懂") from None  # the cause may quote the password
    if parts.scheme not in SCHEMES:
        raise BadGraphUrl(f"开头要是 {'、'.join(s + '://' for s in SCHEMES)} 之一")
    path = parts.path.strip("/")
    if not host or parts.query or parts.fragment or "/" in path or "@" in path:
        raise BadGraphUrl("要有主机，最后一段是数据库")
    if path == "system":
        raise BadGraphUrl("system 是服务器自己的库，不能放图")
    if not _named(host):
        raise BadGraphUrl("主机名看不懂")
    user, database = unquote(parts.username or ""), unquote(path) or "neo4j"
    at = f"[{host}]" if ":" in host else host
    uri = f"{parts.scheme}://{at}:{port or PORT}"
    auth = (user, unquote(parts.password or "")) if user else None
    who = f"{quote(user)}@" if user else ""
    return Address(uri, auth, database, f"{parts.scheme}://{who}{uri.partition('://')[2]}/{database}")


def _named(host: str) -> bool:
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False
