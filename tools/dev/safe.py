"""VSecM Safe and a SPIFFE agent as stand-ins play them: one process, told what to do by lines in a pipe."""
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import needs
from places import ROOT, Problem

PATIENCE = 30


class Safe:
  def __init__(self, log):
    self.log = log
    # Paths of sockets must be short.
    self.folder = Path(tempfile.mkdtemp(prefix="kf"))
    self.process = self.commands = None
    self.told = 0

  def start(self, *names):
    """Starts both, with a socket for each name of a workload."""
    pipe = self.folder / "commands"
    os.mkfifo(pipe, 0o600)
    # Who holds a pipe for writing, too, never sees its end.
    self.commands = os.open(pipe, os.O_RDWR)
    classes = f"{ROOT / 'testkit/target/classes'}:{ROOT / 'operator/target/keyferry.jar'}:{ROOT / 'operator/target/lib'}/*"
    command = [
      str(needs.jdk() / "bin/java"), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
      "-XX:+UseSerialGC", "-Xmx128m",
      "-cp", classes, "io.keyferry.testkit.vsecm.SafeMain", str(self.folder), "0", *names,
    ]
    with open(self.log, "w") as log:
      self.process = subprocess.Popen(
        command, stdin=self.commands, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
      )
    self._await("an address", lambda: self.address())

  def address(self):
    """Its URL, once it has one."""
    return next((answer["safe"] for answer in self._answers() if "safe" in answer), "")

  def agent(self, name):
    """As in SPIFFE_ENDPOINT_SOCKET."""
    return f"unix://{self.folder / (name + '.sock')}"

  def tell(self, command):
    """One command, such as put NAME VALUE; returns when it has been done."""
    os.write(self.commands, f"{command}\n".encode())
    self.told += 1
    # What it prints first are its addresses.
    self._await(f"an answer to {command.split()[0]}", lambda: len(self._answers()) > self.told)
    answer = self._answers()[self.told]
    if not answer["ok"]:
      raise Problem(f"the stand-in Safe refuses {command.split()[0]}: {answer['error']}.")

  def stop(self):
    if self.process and self.process.poll() is None:
      self.process.terminate()
      self.process.wait()
    if self.commands is not None:
      os.close(self.commands)
      self.commands = None
    for path in self.folder.iterdir():
      path.unlink()
    self.folder.rmdir()

  def _answers(self):
    lines = self.log.read_text().splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("\n")]

  def _await(self, what, holds):
    began = time.monotonic()
    while not holds():
      if self.process.poll() is not None or time.monotonic() - began > PATIENCE:
        raise Problem(f"the stand-in Safe gave no sign of {what}; see {self.log.relative_to(ROOT)}.")
      time.sleep(0.02)
