"""The programs that take part: a check program for each language, WinMmf's publisher and its test peer."""

import ctypes
import os
import platform
import shutil
import subprocess
import sys

from harness import OUT, ROOT, Child, check, fail_fast, run, skip

CLIENTS = os.path.join(ROOT, "src", "clients")
TESTS = os.path.join(ROOT, "tests", "clients")
PUBLISHER = ["dotnet", os.path.join(ROOT, "src/WinMmf.Publisher/bin/Release/net10.0/WinMmf.Publisher.dll")]
PEER = ["dotnet", os.path.join(ROOT, "tests/WinMmf.TestPeer/bin/Release/net10.0/WinMmf.TestPeer.dll")]
C_WARNINGS = ["-pedantic", "-Wall", "-Wextra", "-Werror", "-O2", "-I", os.path.join(CLIENTS, "c")]


class Wine:
    def __init__(self, wine: str, publisher: str, peer: str):
        self.wine, self.publisher, self.peer = wine, publisher, peer


class Client:
    """sample: makes a program of a text; its command, or None and what the compiler said."""

    def __init__(self, language: str, command, sample, wine=None, size=(320, 240)):
        """size: of pictures that it can verify at 200 a second."""
        self.language, self.command, self.sample, self.wine, self.size = language, command, sample, wine, size

    def start(self, *arguments, keeps_input=False) -> Child:
        return Child([*self.command, *map(str, arguments)], keeps_input=keeps_input)


def publisher(client, *arguments) -> Child:
    program = [client.wine.wine, client.wine.publisher] if client.wine else PUBLISHER
    return Child([*program, *map(str, arguments)])


def peer_command(client):
    return [client.wine.wine, client.wine.peer] if client.wine else PEER


def build_dotnet() -> None:
    for project in ("src/WinMmf.Publisher", "tests/WinMmf.TestPeer"):
        status, output = run(["dotnet", "build", "-c", "Release", "-v", "quiet", project], 900)
        if status:
            fail_fast(f"{project} builds", output)


def compiled(what: str, compiler: str, *arguments) -> bool:
    if shutil.which(compiler) is None:
        skip(what, f"{compiler} is not installed")
        return False
    status, output = run([compiler, *arguments])
    return check(what, status == 0, output)


def c_client(wine):
    source, program = os.path.join(TESTS, "c", "check.c"), os.path.join(OUT, "check_c")
    windows = ["-std=c99", *C_WARNINGS, "-static", source, "-o", program + ".exe"]
    if wine:
        if compiled("C: compiles for Windows without a warning", "x86_64-w64-mingw32-gcc", *windows):
            return Client("C", [wine.wine, program + ".exe"], c_sample, wine)
        return None
    compiled("C: compiles for Windows without a warning", "x86_64-w64-mingw32-gcc", *windows)
    compiled("C: compiles as C++ without a warning", "g++", "-std=c++11", "-x", "c++", *C_WARNINGS, source, "-o", program + "_cpp")
    if compiled("C: compiles as C99 without a warning", "gcc", "-std=c99", *C_WARNINGS, source, "-o", program):
        return Client("C", [program], c_sample)
    return None


def c_sample(code: str, path: str):
    write(path + ".c", code)
    status, output = run(["gcc", "-std=c99", *C_WARNINGS, path + ".c", "-o", path])
    return ([path] if status == 0 else None), output


def python_clients(wine):
    """Twice: with libatomic, and as where that is not installed."""
    if wine:
        return []
    command = [sys.executable, os.path.join(TESTS, "python", "check.py")]
    clients = [Client("Python", command, python_sample, size=(96, 64))]
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        skip("Python with libatomic", "libatomic1 is not installed; its machine code is used instead")
        return clients
    if platform.machine() == "x86_64":
        clients.append(Client("Python without libatomic", ["env", "CHECK_ATOMICS=machine code", *command], None, size=(96, 64)))
    return clients


def python_sample(code: str, path: str):
    write(path + ".py", code)
    return [sys.executable, path + ".py"], ""


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def all_clients(wine):
    return [client for client in (c_client(wine), *python_clients(wine)) if client]


class Peer:
    """WinMmf's core in a process of its own (tests/WinMmf.TestPeer), one command a line."""

    def __init__(self, client=None):
        program = peer_command(client) if client else PEER
        self.process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.process.stdout.readline()

    def ask(self, *fields) -> str:
        self.process.stdin.write("\t".join(map(str, fields)) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
