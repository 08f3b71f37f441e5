"""Finds what must already be on the machine, and says how to get what is not."""
import glob
import os
import re
import shutil
import subprocess
from pathlib import Path

from places import Problem

JDK = 25
MAVEN = (3, 8, 7)
GO = (1, 25)

JDK_PLACES = (
  "/usr/lib/jvm/*",
  "/usr/java/*",
  "/opt/java/*",
  "/opt/jdk*",
  "~/.sdkman/candidates/java/*",
  "~/.jdks/*",
  "~/.asdf/installs/java/*",
  "~/.local/share/mise/installs/java/*",
  "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
  "/Library/Java/JavaVirtualMachines/*/Contents/Home",
  "/opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
  "/usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
  "/home/linuxbrew/.linuxbrew/opt/openjdk@25/libexec",
)


def jdk():
  """The home of a JDK 25: JAVA_HOME, then PATH, then the usual install places."""
  candidates = []
  if os.environ.get("JAVA_HOME"):
    candidates.append(Path(os.environ["JAVA_HOME"]))
  if shutil.which("javac"):
    candidates.append(Path(shutil.which("javac")).resolve().parents[1])
  for place in JDK_PLACES:
    candidates += sorted(Path(found) for found in glob.glob(os.path.expanduser(place)))
  for home in candidates:
    if _is_jdk(home):
      return home
  raise Problem(
    f"JDK {JDK} is needed and was not found in JAVA_HOME, on PATH or in the usual places.\n"
    f"Get it from your package manager (temurin-{JDK}-jdk, openjdk-{JDK}-jdk; Homebrew: openjdk@{JDK}; "
    f"SDKMAN: `sdk install java {JDK}-tem`) or from Eclipse Adoptium, and set JAVA_HOME if it lies elsewhere."
  )


def _is_jdk(home):
  try:
    release = (home / "release").read_text()
  except OSError:
    return False
  return (home / "bin" / "javac").exists() and re.search(rf'^JAVA_VERSION="{JDK}\b', release, re.M) is not None


def maven():
  """The mvn command, checked for its version, and the environment to run it in."""
  # Maven's own libraries call what JDK 25 warns of; the warnings concern nobody here.
  options = f"{os.environ.get('MAVEN_OPTS', '')} --sun-misc-unsafe-memory-access=allow".strip()
  environment = dict(os.environ, JAVA_HOME=str(jdk()), MAVEN_OPTS=options)
  how = f"Maven {'.'.join(map(str, MAVEN))} or later is needed (Debian: apt-get install maven; Homebrew: maven)."
  if not shutil.which("mvn"):
    raise Problem(how)
  out = subprocess.run(["mvn", "-v"], env=environment, capture_output=True, text=True).stdout
  _at_least(out, r"Apache Maven (\d+)\.(\d+)\.(\d+)", MAVEN, how)
  return "mvn", environment


def go():
  """The go command, or None if there is none."""
  if not shutil.which("go"):
    return None
  out = subprocess.run(["go", "version"], capture_output=True, text=True).stdout
  _at_least(out, r"go(\d+)\.(\d+)", GO, f"Go {GO[0]}.{GO[1]} or later is needed to build the parts.")
  return "go"


def git():
  if not shutil.which("git"):
    raise Problem("git is needed (Debian: apt-get install git).")
  return "git"


def _at_least(text, pattern, wanted, how):
  found = re.search(pattern, text)
  if not found or tuple(map(int, found.groups())) < wanted:
    raise Problem(f"{how} Found: {found.group(0) if found else 'a version that does not say so'}.")
