"""The first lines of each client's README run as they are."""

import os
import re
from importlib.util import find_spec

from harness import OUT, Child, check, skip, unique, until
from programs import CLIENTS, publisher


def found(language: str, pattern: str) -> str:
    with open(os.path.join(CLIENTS, language, "README.md"), encoding="utf-8") as file:
        return re.search(pattern, file.read(), re.S).group(1)


def run(client):
    if client.wine or client.sample is None:
        return
    language, name = client.language.lower(), unique(f"readme-{client.language}")
    code = found(language, r"```\w+\n(.*?)```")
    check(f"{client.language}, README: begins with ten lines", len(code.splitlines()) == 10, code)
    if client.language == "Python" and find_spec("numpy") is None:
        skip("Python, README: runs", "numpy is not installed")
        return
    command, output = client.sample(code.replace("cam1", name), os.path.join(OUT, f"readme_{language}"))
    if not check(f"{client.language}, README: its beginning compiles", command, output):
        return
    printed = found(language, r"WinMmf\.Publisher -- (publish [^`]*)`").replace("cam1", name).split()
    source = publisher(client, *printed, "--fps", 50, "--width", 320, "--height", 240)
    until(lambda: os.path.exists(f"/dev/shm/winmmf-{os.geteuid()}.{name}"), 60)  # the sample waits for 5 s only
    reader = Child(command)
    check(f"{client.language}, README: and runs", reader.wait_for(": 320 x 240"), reader.text)
    source.process.terminate()
    check(f"{client.language}, README: and ends with its publisher", reader.end() == 0, reader.text)
    source.end()
