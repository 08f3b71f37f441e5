"""The commands of ./dev."""
import base64
import os
import subprocess
import sys
import time

import image
import manifests
import needs
import release
import servers
import training
from places import ROOT, Problem
from setup import obtain_parts, setup

NO_AOT = "--no-aot"
AS_BUILT = "--as-built"
RELEASE = "--release"
PLANTED = b"planted-marker-"
HELP = """\
usage: ./dev COMMAND [ARGUMENTS]

  setup        obtain the real parts (control plane, OpenBao, kubectl, Helm ...) and the Maven dependencies
  build        build everything, without tests, and the AOT cache that speeds up the start (--no-aot: without)
  aot-cache    make the AOT cache of what is built, which ./dev build and a run of all tests do by themselves
  image        build the operator and the container image: image/target/keyferry-image.tar (--no-aot: without AOT
               cache; --as-built: of what is built)
  test         all tests; further arguments go to Maven: ./dev test -pl engine -Dtest=SomeTest
  test unit    the tests that need no real parts
  up           start etcd, the API server, the controller manager, OpenBao and moto; writes .local/env
  status       what is up, and where
  down         stop them and remove their state
  run          the operator as built, against what is up; further arguments are its flags
               (--release NAME [NAMESPACE]: as a release of the chart there runs it)
  demo         see secrets travel between stores and Kubernetes (--keep leaves it running; --dialect NAME shows one)
  manifests    write deploy/install from deploy/kustomize
  bench        measured scenarios: ./dev bench cold, fleet, image, aws-cost, soak
  help         this text

The parts are kept in ${XDG_CACHE_HOME:-~/.cache}/keyferry; `rm -r` it to start anew.
"""


def main(arguments):
  command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
  commands = {
    "setup": lambda: setup(),
    "build": lambda: build(rest),
    "aot-cache": lambda: training.keep_or_make(),
    "image": lambda: make_image(rest),
    "test": lambda: test(rest),
    "up": lambda: up(),
    "status": lambda: 0 if servers.status() else 1,
    "down": lambda: servers.down(),
    "run": lambda: run(rest),
    "demo": lambda: script("tools/dev/demo.py", rest),
    "manifests": lambda: manifests.write(),
    "bench": lambda: script("bench/bench.py", rest),
    "help": lambda: print(HELP, end=""),
  }
  aliases = {"-h": "help", "--help": "help"}
  chosen = commands.get(aliases.get(command, command))
  if chosen is None:
    print(f"dev: there is no command '{command}'; ./dev help lists them.", file=sys.stderr)
    return 2
  if command in ("setup", "aot-cache", "up", "status", "down", "manifests") and rest:
    print(f"dev: {command} takes no arguments, not '{' '.join(rest)}'.", file=sys.stderr)
    return 2
  return chosen() or 0


def build(arguments):
  done = maven("-q", "-DskipTests", "package", *(argument for argument in arguments if argument != NO_AOT))
  if done == 0 and NO_AOT not in arguments:
    training.keep_or_make()
  return done


def make_image(arguments):
  unknown = [argument for argument in arguments if argument not in (NO_AOT, AS_BUILT)]
  if unknown:
    print(f"dev: image takes {NO_AOT} and {AS_BUILT}, not '{' '.join(unknown)}'.", file=sys.stderr)
    return 2
  done = 0 if AS_BUILT in arguments else maven("-q", "-Dmaven.test.skip", "-pl", "image", "-am", "package")
  if done == 0:
    image.make(NO_AOT not in arguments)
  return done


def test(arguments):
  obtain_parts()
  if not arguments:
    # Hundreds of operators start in these tests.
    arguments = ["-Daot.skip=false"]
  if arguments[0] == "unit":
    arguments = ["-DexcludedTags=parts", *arguments[1:]]
  if "-pl" in arguments and "-am" not in arguments:
    arguments = [*arguments, "-am"]
  if any(argument.startswith("-Dtest=") for argument in arguments):
    arguments = [*arguments, "-Dsurefire.failIfNoSpecifiedTests=false"]
  began = time.time()
  tested = maven("-B", "-ntp", "verify", *arguments)
  leaked = leaks(began)
  return tested or leaked


def leaks(since):
  """Tests plant secrets that have PLANTED in them; what tests print is in their reports."""
  forms = tuple(planted_forms())
  reports = [
    report
    for report in ROOT.glob("**/target/surefire-reports/*")
    if report.is_file() and report.stat().st_mtime >= since and holds_any(forms, report.read_bytes())
  ]
  for report in reports:
    print(f"dev: a test printed a planted secret: {report.relative_to(ROOT)}", file=sys.stderr)
  return 1 if reports else 0


def holds_any(forms, text):
  return any(form in text for form in forms)


def planted_forms():
  """As it is, and what of it is in base64 whatever stands before it."""
  yield PLANTED
  for offset in range(3):
    encoded = base64.b64encode(b"x" * offset + PLANTED)
    yield encoded[4 if offset else 0 : -4]


def up():
  obtain_parts()
  servers.up()


def run(arguments):
  launcher = ROOT / "bin" / "keyferry"
  if not launcher.exists():
    raise Problem("bin/keyferry is missing.")
  env = dict(os.environ, JAVA_HOME=str(needs.jdk()), **servers.environment())
  if arguments[:1] == [RELEASE]:
    if len(arguments) < 2:
      raise Problem(f"{RELEASE} needs the name of a release of the chart; its namespace may follow.")
    namespace = arguments[2] if len(arguments) > 2 else "default"
    command, more = release.operator(arguments[1], namespace, servers.environment())
    os.execve(launcher, [str(launcher), *command], {**env, **more})
  os.execve(launcher, [str(launcher), "operator", "--leader-elect=false", *arguments], env)


def script(path, arguments):
  if not (ROOT / path).exists():
    raise Problem(f"{path} is missing.")
  env = dict(os.environ, JAVA_HOME=str(needs.jdk()))
  os.execve(sys.executable, [sys.executable, "-B", str(ROOT / path), *arguments], env)


def maven(*arguments):
  mvn, environment = needs.maven()
  commit, date = revision()
  command = [mvn, *arguments, f"-Dbuild.commit={commit}", f"-Dbuild.date={date}"]
  return subprocess.run(command, cwd=ROOT, env=environment).returncode


def revision():
  """The commit being built and its date in ISO 8601; unknown outside a git checkout."""
  told = subprocess.run(
    [needs.git(), "log", "-1", "--format=%h %cI"], cwd=ROOT, capture_output=True, text=True
  ).stdout.split()
  return told if len(told) == 2 else ("unknown", "unknown")


if __name__ == "__main__":
  try:
    sys.exit(main(sys.argv[1:]))
  except Problem as problem:
    print(f"dev: {problem}", file=sys.stderr)
    sys.exit(1)
  except KeyboardInterrupt:
    sys.exit(130)
