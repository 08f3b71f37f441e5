"""Makes AOT caches, for the jars as built and for the image: one run of the operator, at work on real parts of its own, shows the JVM what to keep.

The cache holds classes and what belongs to them, no data; and all secrets of the run are made up and gone with it.
"""
import json
import os
import subprocess
import time

import needs
from operated import OperatorProcess
from places import LOCAL, ROOT, Problem, locked
from servers import Servers
from setup import obtain_parts
from world import World

BUILT = ROOT / "operator" / "target"
NAMESPACE = "training"
COPIES = 4
MANY = 500  # often enough for the JVM to compile what they need, which it then knows when it starts
PERIODS = 3
# The JVM notes which methods were worth compiling only with its second compiler. This variable outdoes the launcher's options.
BOTH_COMPILERS = {"_JAVA_OPTIONS": "-XX:TieredStopAtLevel=4"}
WRITING_THE_CACHE = 120


class Launcher:
  """A program that starts the operator, and the variable in which its JVM looks for further options."""

  def __init__(self, path, variable):
    self.path = path
    self.variable = variable

  def environment(self, options):
    """The launcher's own flags and these; they name files below the root, where no blank can split them."""
    foreign = ("KEYFERRY_HEAP", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "JAVA_HOME": str(needs.jdk()), self.variable: options}

  def takes(self, cache):
    """Whether the JVM takes the cache with the launcher's flags, and the program finds it to be of its own build."""
    options = f"-XX:AOTMode=on -XX:AOTCache={cache.relative_to(ROOT)}"
    probe = subprocess.run([self.path, "--version"], cwd=ROOT, env=self.environment(options), capture_output=True)
    return probe.returncode == 0


AS_BUILT = Launcher(ROOT / "bin" / "keyferry", "KEYFERRY_JAVA_OPTS")


def keep_or_make():
  """Sees to a cache that fits the jars; without one the launcher starts the operator all the same."""
  if not (BUILT / "build-id").exists():
    return
  cache = BUILT / f"keyferry-{(BUILT / 'build-id').read_text().strip()}.aot"
  try:
    if cache.exists() and AS_BUILT.takes(cache):
      cache.touch()  # the launcher passes over a cache that is older than the jar, which every commit writes anew
      print("AOT cache: kept, the jars are as before", flush=True)
      return
    _forget()
    make(AS_BUILT, cache)
  except Exception as failure:  # whatever it is: without a cache the program works as well
    _forget()
    why = str(failure).partition("\n")[0].rstrip(":")
    print(f"AOT cache: none, so the operator will start more slowly: {why}", flush=True)


def _forget():
  for cache in BUILT.glob("*.aot*"):
    cache.unlink()


def make(launcher, cache):
  """Makes the cache, with real parts of its own."""
  started = time.monotonic()
  obtain_parts()
  print("AOT cache: the operator works for a moment, to be watched by the JVM ...", flush=True)
  folder = LOCAL / "training"
  fresh = BUILT / "training.aot"
  fresh.unlink(missing_ok=True)
  with locked(LOCAL, "./dev command"):
    Servers(folder, _silent).stop()
    servers = Servers(folder, _silent)
    try:
      servers.start()
      operator = OperatorProcess(LOCAL / "training-operator.log", launcher.path)
      _train(World(servers.environment(), NAMESPACE), operator, launcher, fresh)
    finally:
      servers.stop()
  fresh.rename(cache)
  if not launcher.takes(cache):
    raise Problem("this JVM does not take the AOT cache it has made")
  print(f"AOT cache: {cache.stat().st_size >> 20} MiB, made in {time.monotonic() - started:.0f} s", flush=True)


def _train(world, operator, launcher, fresh):
  world.prepare()
  for i in range(COPIES):
    world.put(f"shop/{i}", user="shop", password="made-up", port=5432, on=True, hosts=["a", "b"])
    world.put(f"shop/folder-{i}/mail", api_key="made-up")
    world.put(f"shop/folder-{i}/deep/er", text="made up: <two>\nlines")
  recording = launcher.environment(f"-XX:AOTCacheOutput={fresh.relative_to(ROOT)}")
  theirs = dict(VAULT_ADDR=world.environment["VAULT_ADDR"], KUBECONFIG=world.environment["KUBECONFIG"])
  theirs.update(DEFAULT_SA_AUTH_PATH=world.LOGIN_PATH, ROLE=world.ROLE)
  try:
    operator.start([f"--leader-election-namespace={NAMESPACE}"], {**recording, **BOTH_COMPILERS, **theirs})
    _work(world, operator)
    if not operator.stop(WRITING_THE_CACHE) or not fresh.exists():
      raise Problem(f"the JVM wrote no cache; the end of its log ({operator.log.relative_to(ROOT)}):\n{operator.tail()}")
  finally:
    operator.stop(0)


def _work(world, operator):
  """What an operator meets in its life."""
  objects = list(_objects(world.environment["VAULT_TOKEN"]))
  wanted = {item["metadata"]["name"] for item in objects} - {"vault-operator-sync", "failing", "invalid"}
  world.kubectl("apply", "-f", "-", text=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))
  operator.await_that("all Secrets are there", lambda: wanted <= set(_names(world, "secrets")))
  seen = set()
  operator.await_that(f"{PERIODS} periods have passed", lambda: seen.add(_last_updated(world)) or len(seen) > PERIODS)
  for port, path in (operator.metrics, "/metrics"), (operator.health, "/healthz"), (operator.health, "/readyz"):
    if not operator.get(port, path):
      raise Problem(f"the operator did not answer {path}")
  world.put("shop/0", user="another")
  operator.await_that("a Secret follows OpenBao", lambda: world.secret("env-token-0") == {"user": "another"})
  world.kubectl("delete", "secret", "json-account-0", "-n", NAMESPACE)
  operator.await_that("a deleted Secret is back", lambda: world.secret("json-account-0"))
  edit = json.dumps({"spec": {"paths": [{"path": "secret/shop/1", "prefix": "edited_"}]}})
  world.kubectl("patch", "vaultsecret", "env-account-0", "-n", NAMESPACE, "--type=merge", f"--patch={edit}")
  operator.await_that("an edit shows", lambda: "edited_user" in world.secret("env-account-0"))
  world.kubectl("delete", "vaultsecret", "yaml-token-0", "-n", NAMESPACE)
  gone = 'name="yaml-token-0"'
  operator.await_that("a VaultSecret is forgotten", lambda: gone not in operator.get(operator.metrics, "/metrics"))


def _objects(token):
  """VaultSecrets of every format, concrete and recursive, with a token and as a ServiceAccount; two cannot be."""
  yield {
    "apiVersion": "v1",
    "kind": "ServiceAccount",
    "metadata": {"name": "vault-operator-sync", "namespace": NAMESPACE},
  }
  for i in range(COPIES):
    for form in "env", "json", "yaml":
      yield _object(f"{form}-token-{i}", form, [{"path": f"secret/shop/{i}"}], {"token": token})
      paths = [{"path": f"secret/shop/folder-{i}/*"}, {"path": f"secret/shop/{i}", "prefix": "db/"}]
      yield _object(f"{form}-account-{i}", form, paths, {})
  for i in range(MANY):
    paths = [{"path": f"secret/shop/{i % COPIES}"}]
    yield _object(f"many-{i}", "env", paths, {"token": token}, period="10m")
  yield _object("failing", "env", [{"path": "secret/nothing/here/*"}], {})
  yield dict(_object("invalid", "env", [], {}), spec={"paths": [], "reconcilePeriod": "10d"})


def _object(name, form, paths, auth, period="1s"):
  return {
    "apiVersion": "k8s.kiwi.com/v1",
    "kind": "VaultSecret",
    "metadata": {"name": name, "namespace": NAMESPACE},
    "spec": {"paths": paths, "targetFormat": form, "reconcilePeriod": period, "auth": auth},
  }


def _names(world, kind):
  return world.kubectl("get", kind, "-n", NAMESPACE, "-o", "jsonpath={.items[*].metadata.name}").split()


def _last_updated(world):
  return world.kubectl("get", "vaultsecret", "env-token-1", "-n", NAMESPACE, "-o", "jsonpath={.status.lastUpdated}")


def _silent(_):
  pass
