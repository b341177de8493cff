"""Checks, their count, and child processes."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.path.join(ROOT, "artifacts", "clients")
os.makedirs(OUT, exist_ok=True)

_passed = _failed = _skipped = 0
_children = []
_lock = threading.RLock()


def check(what: str, holds, detail: str = "") -> bool:
    global _passed, _failed
    with _lock:
        if holds:
            _passed += 1
            print(f"pass: {what}", flush=True)
        else:
            _failed += 1
            print(f"FAIL: {what}", flush=True)
            for line in str(detail).splitlines()[-12:]:
                print(f"  {line}", flush=True)
    return bool(holds)


def skip(what: str, why: str) -> None:
    global _skipped
    _skipped += 1
    print(f"skip: {what}: {why}", flush=True)


def report() -> int:
    print(f"{_passed} passed, {_failed} failed, {_skipped} skipped", flush=True)
    return 1 if _failed else 0


class Child:
    """A program whose output goes to a file, so that it never waits for us."""

    def __init__(self, command, environment=None, keeps_input=False):
        self.log = tempfile.NamedTemporaryFile(dir=OUT, suffix=".log", delete=False)
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE if keeps_input else subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})}, cwd=ROOT)
        _children.append(self)

    @property
    def text(self) -> str:
        with open(self.log.name, "rb") as file:
            return file.read().decode("utf-8", "replace").replace("\r", "")

    def wait_for(self, text: str, seconds: float = 60) -> bool:
        """True once its output has the text; gives up when it has ended, too."""
        return until(lambda: text in self.text or self.process.poll() is not None, seconds) and text in self.text

    def say(self, line: str) -> None:
        """To a program that may have ended by itself meanwhile."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self.process.stdin.fileno(), line.encode() + b"\n")

    def end(self, seconds: float = 120):
        """Its exit code, or None if it had to be killed."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def value(self, key: str) -> int:
        """A number of its last line that has "key=number"; -1 if there is none."""
        for line in reversed(self.text.splitlines()):
            for part in line.split():
                if part.startswith(key + "="):
                    return int(part[len(key) + 1:])
        return -1


def side_by_side(work, clients) -> None:
    """One thread each client: most of the time they wait. What goes wrong in one counts as a failure."""
    def guarded(client):
        try:
            work(client)
        except Exception as error:  # a test that breaks is a test that fails
            check(f"{client.language}: {work.__module__} runs to its end", False, repr(error))

    threads = [threading.Thread(target=guarded, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def end_children() -> None:
    for child in _children:
        if child.process.poll() is None:
            child.kill()
        child.log.close()
        os.unlink(child.log.name)
    _children.clear()


def run(command, seconds: float = 300):
    """Exit code and output of a command that ends by itself."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, timeout=seconds)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def unique(what: str) -> str:
    return f"clients-{what}-{os.getpid()}"


def fail_fast(what: str, output: str) -> None:
    check(what, False, output)
    report()
    sys.exit(1)
