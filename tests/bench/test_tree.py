"""The benchmark counts processes that nobody waits for."""

import subprocess
import sys

import pytest

from tests.bench._tree import PROC, watching

UNREAPED = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0:
    time.sleep(0.5)
    os._exit(0)
time.sleep(0.6)
"""


@pytest.mark.skipif(not PROC.is_dir(), reason="there is no /proc here")
def test_a_worker_that_nobody_waits_for_is_counted() -> None:
    with subprocess.Popen([sys.executable, "-c", UNREAPED]) as parent:
        with watching(parent.pid) as tree:
            parent.wait()
        assert parent.pid in tree.seconds
        assert len(tree.seconds) > 1
        assert tree.peak > 0
