"""Runs long commands quietly: the time goes by on the terminal, the output goes to a file."""
import subprocess
import sys
import time

from places import Problem


def tail(log, lines=25):
  try:
    return "\n".join("  " + line for line in log.read_text(errors="replace").splitlines()[-lines:])
  except OSError:
    return "  (no log)"


def run(what, command, log, **options):
  """Runs a command to its end; a failure shows the end of its output."""
  started = time.monotonic()
  terminal = sys.stdout.isatty()
  print(f"{what} ...", end="" if terminal else "\n", flush=True)
  with open(log, "w") as out:
    process = subprocess.Popen(
      command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, **options
    )
    try:
      _wait(process, what, started, terminal)
    except BaseException:
      process.kill()
      process.wait()
      raise
  elapsed = _clock(time.monotonic() - started)
  if process.returncode != 0:
    raise Problem(f"{what} failed after {elapsed}. The end of its output ({log}):\n{tail(log)}")
  print(f"\r{what}: done in {elapsed}    " if terminal else f"{what}: done in {elapsed}", flush=True)


def _wait(process, what, started, terminal):
  while True:
    try:
      process.wait(timeout=1 if terminal else 30)
      return
    except subprocess.TimeoutExpired:
      elapsed = _clock(time.monotonic() - started)
      print(f"\r{what} ... {elapsed}" if terminal else f"{what} ... {elapsed}", end="" if terminal else "\n", flush=True)


def _clock(seconds):
  return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"
