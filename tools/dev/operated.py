"""The operator as built, run by a launcher for as long as a script needs it."""
import signal
import subprocess
import time
import urllib.request

import needs
import processes
from places import ROOT, Problem

PATIENCE = 30


class OperatorProcess:
  def __init__(self, log, launcher=ROOT / "bin" / "keyferry"):
    self.log = log
    self.launcher = launcher
    self.process = None
    self.metrics = self.health = 0

  def start(self, arguments, environment):
    """Starts it on free ports and waits until it is ready."""
    self.metrics, self.health = processes.free_port(), processes.free_port()
    command = [
      str(self.launcher), "operator", *arguments,
      f"--metrics-bind-address=127.0.0.1:{self.metrics}", f"--health-probe-bind-address=127.0.0.1:{self.health}",
    ]
    with open(self.log, "w") as log:
      self.process = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment, JAVA_HOME=str(needs.jdk())),
        stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
      )
    self.await_that("the operator is ready", lambda: self.get(self.health, "/readyz"))

  def get(self, port, path):
    """What it answers; nothing unless that is a success."""
    try:
      with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
        return answer.read().decode()
    except OSError:
      return ""

  def await_that(self, what, holds, patience=PATIENCE):
    """Waits until it is so; says how many seconds that took."""
    began = time.monotonic()
    while not holds():
      if self.process.poll() is not None:
        raise Problem(f"the operator ended by itself; the end of its log ({self.log.relative_to(ROOT)}):\n{self.tail()}")
      if time.monotonic() - began > patience:
        raise Problem(
          f"after {patience} s it is still not so that {what}; the end of the operator's log "
          f"({self.log.relative_to(ROOT)}):\n{self.tail()}"
        )
      time.sleep(0.02)
    return time.monotonic() - began

  def tail(self):
    return "".join(self.log.read_text().splitlines(keepends=True)[-15:])

  def stop(self, patience=10):
    """Asks it to end, then makes it; true if it ended by itself."""
    if not self.process or self.process.poll() is not None:
      return True
    self.process.send_signal(signal.SIGTERM)
    try:
      self.process.wait(patience)
      return True
    except subprocess.TimeoutExpired:
      self.process.kill()
      self.process.wait()
      return False
