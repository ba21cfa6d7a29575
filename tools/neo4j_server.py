"""A real Neo4j Community server on 127.0.0.1 for tests and benchmarks, run from its Maven artifacts.

    python tools/neo4j_server.py FOLDER

starts one in a folder, prints its URL once Bolt answers and stays until interrupted. Java 17 or 21
and Maven are needed; the jars are fetched once and kept in the user's cache folder.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import neo4j
import neo4j.exceptions

POM = Path(__file__).with_name("neo4j_pom.xml")
PATIENCE = 120  # seconds a start may take
MODULES = (
    "java.base/java.io", "java.base/java.lang", "java.base/java.nio", "java.base/java.util",
    "java.base/java.util.concurrent", "java.base/sun.nio.ch", "java.management/sun.management",
)  # fmt: skip
CONFIG = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=256m
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
client.allow_telemetry=false
"""


class ServerMissing(Exception):
    """No Neo4j can be started here; the text says what is missing."""


class AdminFailed(Exception):
    """neo4j-admin did not do it; the text is what it printed."""


def version() -> str:
    """The Neo4j version that the tests run."""
    found = re.search(r"<neo4j.version>(.+?)</", POM.read_text("utf-8"))
    assert found
    return found[1]


def jars() -> Path:
    """The folder of the server's jars: fetched once, whole or not at all. Raises ServerMissing."""
    folder = Path.home() / ".cache" / "lianpu-neo4j" / version()
    if folder.exists():
        return folder
    maven = _tool("mvn", "Maven")
    part = folder.with_name(f"{folder.name}.part{os.getpid()}")
    options = [f"-DoutputDirectory={part}", "-DincludeScope=runtime"]
    done = subprocess.run(
        [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", *options], capture_output=True, text=True
    )
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise ServerMissing(f"Neo4j 的程序包没有下载成功：{done.stdout[-500:]}")
    part.rename(folder)
    return folder


def _tool(name: str, caption: str) -> str:
    found = shutil.which(name)
    if not found:
        raise ServerMissing(f"没有 {caption}（{name}）")
    return found


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server kept in a folder, with authentication on and a password of its own."""

    def __init__(
        self, folder: Path, heap: str = "1g", password: str | None = None, short: bool = False, **settings: str
    ) -> None:
        """`settings` are lines of neo4j.conf, dots written as double underscores; `short` is for a short life."""
        self.folder, self.heap, self.short = folder.resolve(), heap, short
        self.port, self.password = free_port(), password or secrets.token_hex(12)
        self.process: subprocess.Popen[bytes] | None = None
        for name in ("conf", "data", "logs", "import", "plugins", "run"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.configure(**settings)
        try:
            self.admin("dbms", "set-initial-password", self.password)
        except AdminFailed as failed:
            raise ServerMissing(str(failed)) from failed

    def configure(self, **settings: str) -> None:
        """Write neo4j.conf; the next start reads it."""
        self.settings = settings
        lines = "".join(f"{name.replace('__', '.')}={value}\n" for name, value in settings.items())
        (self.folder / "conf" / "neo4j.conf").write_text(CONFIG.format(port=self.port) + lines, "utf-8")

    @property
    def url(self) -> str:
        """What LIANPU_GRAPH_URL would be."""
        return f"neo4j://neo4j:{quote(self.password, safe='')}@127.0.0.1:{self.port}/neo4j"

    def start(self) -> Server:
        """Start, and return once Bolt answers. Raises ServerMissing with the end of the log."""
        log = self.folder / "logs" / "console.log"
        main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.folder}"]
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                self._java(*main, f"--config-dir={self.folder / 'conf'}"), stdout=out, stderr=subprocess.STDOUT
            )
        limit = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > limit:
                self.kill()
                raise ServerMissing(f"Neo4j 没有启动：{log.read_text('utf-8', 'replace')[-1000:]}")
            time.sleep(0.1)
        return self

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", self.port)):
                return False
        # The port opens a little before the database can be asked.
        user = ("neo4j", self.password)
        with neo4j.GraphDatabase.driver(f"neo4j://127.0.0.1:{self.port}", auth=user, connection_timeout=5) as driver:
            try:
                driver.verify_connectivity()
            except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
                return False
        return True

    def stop(self) -> None:
        """Shut down in order."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=60)
            self.process = None

    def kill(self) -> None:
        """As when the power fails."""
        if self.process:
            self.process.kill()
            self.process.wait(timeout=60)
            self.process = None

    def memory(self) -> int:
        """The most memory that the running server has used, in MB (0 where the system does not tell)."""
        status = Path(f"/proc/{self.process.pid if self.process else 0}/status")
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
        return int(found[1]) // 1024 if found else 0

    def admin(self, *arguments: str, cwd: Path | None = None) -> str:
        """Run neo4j-admin from the same jars, the server stopped; what it printed. Raises AdminFailed."""
        env = {**os.environ, "NEO4J_HOME": str(self.folder), "NEO4J_CONF": str(self.folder / "conf")}
        done = subprocess.run(
            self._java("org.neo4j.cli.AdminTool", *arguments), env=env, cwd=cwd, capture_output=True, text=True
        )
        if done.returncode:
            said = (done.stdout + done.stderr).replace(self.password, "…")
            raise AdminFailed(f"neo4j-admin {arguments[0]} 失败：{said[-2000:]}")
        return done.stdout + done.stderr

    def _java(self, *main: str) -> list[str]:
        opens = [f"--add-opens={module}=ALL-UNNAMED" for module in MODULES]
        # Compiling code well takes longer than a test; one collector thread leaves the other core to the test.
        speed = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"] if self.short else ["-XX:+UseG1GC"]
        options = [f"-Xmx{self.heap}", *speed, "-Dfile.encoding=UTF-8"]
        return [_tool("java", "Java 17"), *options, *opens, "-cp", f"{jars()}{os.sep}*", *main]


def main() -> None:
    """Start a server in a folder and stay."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    server = Server(Path(sys.argv[1])).start()
    sys.stdout.write(server.url + "\n")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        assert server.process
        server.process.wait()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
