"""`./dev image`: the container image, as an archive that a container engine loads, and the list of what is in it.

The folder that looks like the image's root file system is made first; the operator runs from there to make its AOT cache.
"""
import subprocess

import needs
import training
from places import ROOT, Problem

TARGET = ROOT / "image" / "target"
STAGE = TARGET / "stage"
ARCHIVE = TARGET / "keyferry-image.tar"
LAUNCHER = training.Launcher(STAGE / "opt/keyferry/bin/keyferry", "JAVA_TOOL_OPTIONS")
CACHE = STAGE / "opt/keyferry/lib/app/keyferry.aot"


def make(with_cache):
  """Makes it of what is built."""
  _step("stage", STAGE, ROOT / "operator" / "target", ROOT / "bin" / "jvm.options")
  if with_cache:
    training.make(LAUNCHER, CACHE)
  _step("pack", STAGE, ARCHIVE)
  print(f"wrote {ARCHIVE.relative_to(ROOT)}", flush=True)


def _step(*arguments):
  java = needs.jdk() / "bin" / "java"
  command = [java, "--sun-misc-unsafe-memory-access=allow", "-cp", f"{TARGET / 'classes'}:{TARGET / 'lib'}/*"]
  if subprocess.run([*command, "io.keyferry.image.Main", *arguments], cwd=ROOT).returncode != 0:
    raise Problem("there is no new image, for the reason above")
