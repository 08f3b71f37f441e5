"""Where things are, and the one exception that ends a command with a clear line."""
import contextlib
import fcntl
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
PARTS = LOCAL / "parts"  # links to this checkout's versions of the parts; the test kit looks here
RUN = LOCAL / "run"
ENV = LOCAL / "env"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "keyferry"


class Problem(Exception):
  """Something the user can do something about; the message says what."""


@contextlib.contextmanager
def locked(folder, waiting_for):
  """Keeps a second run of the same command waiting. The lock ends with the process, however it ends."""
  folder.mkdir(parents=True, exist_ok=True)
  with open(folder / ".lock", "w") as lock:
    try:
      fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
      print(f"waiting for another {waiting_for} to end ...", flush=True)
      fcntl.flock(lock, fcntl.LOCK_EX)
    yield
