"""`./dev bench`: starts the bench that `./dev build` made. The measuring is done in Java."""
import os
import signal
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent
SIMULATED = "aws-cost"  # needs no real part
TIMED = ("cold", "fleet", "image")
UNOBTRUSIVE = ("-XX:TieredStopAtLevel=", "-Djdk.tls.client.cipherSuites=")  # as the operator, whose processors the bench shares
sys.path.insert(0, str(BENCH.parent / "tools" / "dev"))

import needs
from places import Problem
from setup import obtain_parts


def main(arguments):
  built = BENCH / "target"
  if not (built / "lib").exists():
    raise Problem("The bench is not built: run ./dev build first.")
  if arguments[:1] != [SIMULATED]:
    obtain_parts()
  lines = (BENCH.parent / "bin" / "jvm.options").read_text().splitlines()
  options = [line for line in lines if line.startswith(UNOBTRUSIVE)] if arguments[:1] and arguments[0] in TIMED else []
  command = [
    needs.jdk() / "bin" / "java", "-XX:+UseSerialGC", "-Xmx512m", *options,
    "-cp", f"{built / 'classes'}:{built / 'lib'}/*", "io.keyferry.bench.Bench", *arguments,
  ]
  bench = subprocess.Popen(command, cwd=BENCH)
  signal.signal(signal.SIGTERM, lambda *_: bench.terminate())
  try:
    return bench.wait()
  except KeyboardInterrupt:
    return bench.wait()


if __name__ == "__main__":
  try:
    sys.exit(main(sys.argv[1:]))
  except Problem as problem:
    print(f"dev: {problem}", file=sys.stderr)
    sys.exit(1)
