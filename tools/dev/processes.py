"""Processes that outlive the command that started them, told apart from others that later get the same pid."""
import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path


def birth(pid):
  """When the process started, in the system's own words; None if there is no such process (or only its corpse)."""
  try:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields[19]
  except OSError:
    if Path("/proc/self/stat").exists():
      return None
  found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
  return found or None


def start(command, log, env):
  with open(log, "a") as out:
    process = subprocess.Popen(
      command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True, env=env
    )
  return process, {"pid": process.pid, "birth": birth(process.pid)}


def alive(record):
  return record is not None and record["birth"] is not None and birth(record["pid"]) == record["birth"]


def stop(record, patience=10):
  """Asks the process to end, then makes it; leaves any other process with that pid alone."""
  if not alive(record):
    return
  os.kill(record["pid"], signal.SIGTERM)
  deadline = time.monotonic() + patience
  while alive(record):
    if time.monotonic() > deadline:
      os.kill(record["pid"], signal.SIGKILL)
    time.sleep(0.05)


def free_port():
  """A free loopback port: above those that tests take, below the range from which the system hands out ports by itself."""
  while True:
    port = random.randrange(28000, 32000)
    with socket.socket() as probe:
      try:
        probe.bind(("127.0.0.1", port))
        return port
      except OSError:
        continue
