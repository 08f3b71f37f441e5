"""./dev demo: secrets travel from stores to Kubernetes and from there to OpenBao, change, and return or go."""
import json
import sys

import main
import servers
from aws import Moto
from operated import OperatorProcess
from places import LOCAL, ROOT, Problem
from safe import Safe
from setup import obtain_parts
from world import World

NAMESPACE = "keyferry-demo"
USAGE = "demo takes --keep and --dialect with one of vaultsecret, syncedsecret, vsecmsecret and vaultsync"


class Telling:
  """Prints numbered steps."""

  def __init__(self):
    self.steps = 0

  def step(self, text):
    self.steps += 1
    headline(f"{self.steps}. {text}")

  def values(self, entries):
    for name, value in entries.items():
      say(f"{name} = {value}")


def headline(text):
  print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


def say(text):
  print(f"  {text}", flush=True)


class VaultSecretDemo:
  """deploy/samples/vaultsecret.yaml on two secrets in OpenBao."""

  RESOURCE = "VaultSecret"
  SECRET = "shop-credentials"
  PERIOD = 5

  def __init__(self, world, operator, telling):
    self.world = world
    self.operator = operator
    self.telling = telling

  def settings(self):
    return {"DEFAULT_SA_AUTH_PATH": self.world.LOGIN_PATH}

  def arguments(self):
    return []

  def prepare(self):
    self.telling.step("OpenBao holds two secrets; a ServiceAccount may read them")
    self.world.prepare()
    self.world.put("shop/database", user="shop", password="first-password")
    self.world.put("shop/services/mail", api_key="mail-key")
    say("secret/shop/database, secret/shop/services/mail; role shop of auth/kubernetes")

  def run(self):
    self.telling.step("A VaultSecret is applied (deploy/samples/vaultsecret.yaml)")
    self.world.kubectl("apply", "-n", NAMESPACE, "-f", str(ROOT / "deploy/samples/vaultsecret.yaml"))
    took = self.operator.await_that("Secret shop-credentials exists", lambda: self.holds("first-password"))
    say(f"Secret {self.SECRET}, {took:.2f} s later:")
    self.telling.values(self.data())

    self.telling.step("The password changes in OpenBao")
    self.world.put("shop/database", user="shop", password="second-password")
    took = self.operator.await_that(
      "the Secret holds the new password", lambda: self.holds("second-password"), patience=2 * self.PERIOD
    )
    say(f"the Secret follows {took:.2f} s later (the VaultSecret's period is {self.PERIOD} s):")
    self.telling.values(self.data())

    self.telling.step("Somebody deletes the Secret")
    self.world.kubectl("delete", "secret", self.SECRET, "-n", NAMESPACE)
    took = self.operator.await_that("the Secret is back", lambda: self.holds("second-password"))
    say(f"it is back {took:.2f} s later")

  def holds(self, password):
    data = self.data()
    return len(data) == 3 and data.get("db_password") == password

  def data(self):
    return self.world.secret(self.SECRET)

  def leave(self):
    """Nothing of its own runs."""

  def clean_up(self):
    """The namespace is all there is."""


class SyncedSecretDemo:
  """deploy/samples/syncedsecret.yaml on a secret in AWS Secrets Manager, which is moto here."""

  RESOURCE = "SyncedSecret"
  SECRET = "demo-db"
  POLL = 5

  def __init__(self, world, operator, telling):
    self.world = world
    self.operator = operator
    self.telling = telling
    self.moto = Moto(world.environment)

  def settings(self):
    return {"POLL_INTERVAL_SEC": str(self.POLL)}

  def arguments(self):
    return []

  def prepare(self):
    self.telling.step("AWS Secrets Manager (moto) holds a secret")
    self.world.install("syncedsecrets", "secrets.contentful.com")
    self.world.make_namespace()
    self._put("first-password")
    say(f"{self.SECRET}, a JSON object of host, port, user and password")

  def run(self):
    self.telling.step("A SyncedSecret is applied (deploy/samples/syncedsecret.yaml)")
    self.world.kubectl("apply", "-n", NAMESPACE, "-f", str(ROOT / "deploy/samples/syncedsecret.yaml"))
    took = self.operator.await_that(f"Secret {self.SECRET} exists", lambda: len(self.data()) == 5)
    say(f"Secret {self.SECRET}, {took:.2f} s later; url comes from a template:")
    self.telling.values(self.data())

    self.telling.step("The password changes in AWS")
    self._put("second-password")
    took = self.operator.await_that(
      "the Secret holds the new password",
      lambda: self.data().get("password") == "second-password" and "second-password" in self.data().get("url", ""),
    )
    say(f"the Secret follows {took:.2f} s later (AWS is listed every {self.POLL} s):")
    self.telling.values(self.data())

  def data(self):
    return self.world.secret(self.SECRET)

  def _put(self, password):
    self.moto.put(self.SECRET, host="db.demo", port=5432, user="demo", password=password)

  def leave(self):
    """Nothing of its own runs."""

  def clean_up(self):
    self.moto.delete(self.SECRET)


class VaultSyncDemo:
  """deploy/samples/vaultsync.yaml, which is written to OpenBao."""

  RESOURCE = "Deployment"
  ROLE = "vault-sync-operator"
  ACCOUNT = "vault-sync-operator-controller-manager"
  APP = "shop/app"
  MAIL = "shop/mail"

  def __init__(self, world, operator, telling):
    self.world = world
    self.operator = operator
    self.telling = telling
    self.token = LOCAL / "demo-token"

  def settings(self):
    return {}

  def arguments(self):
    return [
      f"--vault-addr={self.world.environment['VAULT_ADDR']}", f"--vault-role={self.ROLE}",
      f"--service-account-token-file={self.token}",
    ]

  def prepare(self):
    self.telling.step("In OpenBao a role may write what is below secret/shop")
    self.world.prepare_writer(self.ROLE, self.ACCOUNT)
    self.token.touch(0o600)
    self.token.write_text(self.world.token(self.ACCOUNT))
    for path in (self.APP, self.MAIL):
      if self.world.get(path):
        raise Problem(f"secret/{path} is in use; ./dev down starts anew")
    say(f"role {self.ROLE} of auth/kubernetes, for ServiceAccount {self.ACCOUNT}")

  def run(self):
    self.telling.step("An annotated Deployment and two Secrets are applied (deploy/samples/vaultsync.yaml)")
    self.world.kubectl("apply", "-n", NAMESPACE, "-f", str(ROOT / "deploy/samples/vaultsync.yaml"))
    wanted = {"db_password": "first-password", "db_user": "shop"}
    took = self.operator.await_that("the Deployment's keys are in OpenBao", lambda: self.world.get(self.APP) == wanted)
    say(f"secret/{self.APP}, {took:.2f} s later, the two keys that the Deployment names:")
    self.telling.values(wanted)
    wanted = {"api_key": "mail-key"}
    self.operator.await_that("the annotated Secret is in OpenBao", lambda: self.world.get(self.MAIL) == wanted)
    say(f"secret/{self.MAIL}, the annotated Secret as a whole:")
    self.telling.values(wanted)

    self.telling.step("The password changes in Kubernetes")
    change = json.dumps({"stringData": {"password": "second-password"}})
    self.world.kubectl("patch", "secret", "shop-database", "-n", NAMESPACE, "-p", change)
    took = self.operator.await_that(
      "OpenBao holds the new password", lambda: self.world.get(self.APP).get("db_password") == "second-password"
    )
    say(f"OpenBao follows {took:.2f} s later, though the Deployment is the same:")
    self.telling.values(self.world.get(self.APP))
    versions = self._versions()
    if versions != 2:
      raise Problem(f"secret/{self.APP} has {versions} versions instead of 2")
    say("two versions, one for each password")

    self.telling.step("Somebody deletes the annotated Secret")
    self.world.kubectl("delete", "secret", "shop-mail", "-n", NAMESPACE, "--wait=false")
    took = self.operator.await_that("OpenBao holds it no more", lambda: not self.world.get(self.MAIL))
    say(f"secret/{self.MAIL} is gone {took:.2f} s later; secret/{self.APP} stays")
    if not self.world.get(self.APP):
      raise Problem(f"secret/{self.APP} is gone as well")

  def _versions(self):
    return json.loads(self.world.bao("GET", f"secret/metadata/{self.APP}"))["data"]["current_version"]

  def leave(self):
    """Nothing of its own runs."""

  def clean_up(self):
    """Nobody is left who would take the finalizers off."""
    found = self.world.kubectl("get", "deployments,secrets", "-n", NAMESPACE, "--ignore-not-found", "-o", "name")
    for name in found.split():
      self.world.kubectl("patch", name, "-n", NAMESPACE, "--type=merge", "-p", '{"metadata":{"finalizers":null}}')
    for path in (self.APP, self.MAIL):
      self.world.bao("DELETE", f"secret/metadata/{path}")
    self.token.unlink(missing_ok=True)


class VSecMSecretDemo:
  """deploy/samples/vsecmsecret.yaml on a stand-in of Safe, as a workload that a stand-in of an agent makes of it."""

  RESOURCE = "VSecMSecret"
  SECRET = "billing-db"
  SAMPLE = ROOT / "deploy/samples/vsecmsecret.yaml"
  NAME = "vsecm-operator"
  URL = "https://vsecm-safe.vsecm-system.svc.cluster.local:8443"

  def __init__(self, world, operator, telling):
    self.world = world
    self.operator = operator
    self.telling = telling
    self.safe = Safe(LOCAL / "demo-safe.log")

  def settings(self):
    return {"SPIFFE_ENDPOINT_SOCKET": self.safe.agent(self.NAME)}

  def arguments(self):
    return []

  def prepare(self):
    self.telling.step("VSecM Safe (a stand-in) holds a document for the operator's SPIFFE ID")
    self.world.install("vsecmsecrets", "vsecm.com")
    self.world.make_namespace()
    self.safe.start(self.NAME)
    self._put("first-password")
    say(f"as by safe -w {self.NAME} -s '...'; the operator gets its SVID from {self.safe.agent(self.NAME)}")

  def run(self):
    self.telling.step("A VSecMSecret is applied (deploy/samples/vsecmsecret.yaml, with the stand-in's address)")
    sample = self.SAMPLE.read_text()
    if self.URL not in sample:
      raise Problem(f"{self.SAMPLE.relative_to(ROOT)} does not name {self.URL}.")
    manifest = sample.replace(self.URL, self.safe.address())
    self.world.kubectl("apply", "-n", NAMESPACE, "-f", "-", text=manifest)
    took = self.operator.await_that(f"Secret {self.SECRET} exists", lambda: len(self.data()) == 2)
    say(f"Secret {self.SECRET}, {took:.2f} s later:")
    self.telling.values(self.data())

    self.telling.step("The password changes in Safe, and the agent rotates the SVID")
    self.safe.tell(f"rotate {self.NAME}")
    self._put("second-password")
    took = self.operator.await_that(
      "the Secret holds the new password", lambda: self.data().get("password") == "second-password"
    )
    say(f"the Secret follows {took:.2f} s later (the refresh interval is 10 s; a new SVID is a reason to look at once):")
    self.telling.values(self.data())

    self.telling.step("Somebody edits the Secret")
    self.world.kubectl(
      "patch", "secret", self.SECRET, "-n", NAMESPACE, "-p", '{"stringData": {"password": "edited", "foreign": "stays"}}'
    )
    took = self.operator.await_that(
      "the password is back and the foreign key stays",
      lambda: (self.data().get("password"), self.data().get("foreign")) == ("second-password", "stays"),
    )
    say(f"the password is back {took:.2f} s later, a foreign key stays")

  def data(self):
    return self.world.secret(self.SECRET)

  def _put(self, password):
    document = {"databaseCredentials": {"billing": {
      "data": {"username": "billing", "password": password},
      "labels": {"app": "billing"},
      "annotations": {"env": "demo"},
    }}}
    self.safe.tell(f"put {self.NAME} {json.dumps(document)}")

  def leave(self):
    servers.leave("stand-in of Safe", self.safe.process.pid)

  def clean_up(self):
    self.safe.stop()


DEMOS = {
  "vaultsecret": VaultSecretDemo, "syncedsecret": SyncedSecretDemo, "vsecmsecret": VSecMSecretDemo, "vaultsync": VaultSyncDemo,
}


class Demo:
  def __init__(self, environment, dialects):
    self.dialects = dialects
    self.world = World(environment, NAMESPACE)
    self.operator = OperatorProcess(LOCAL / "demo-operator.log")
    self.telling = Telling()
    self.demos = [DEMOS[dialect](self.world, self.operator, self.telling) for dialect in dialects]

  def run(self):
    for demo in self.demos:
      demo.prepare()
    self.telling.step("The operator starts")
    environment = dict(self.world.environment)
    for demo in self.demos:
      environment.update(demo.settings())
    arguments = ["--leader-elect=false", f"--dialects={','.join(self.dialects)}", f"--namespace={NAMESPACE}"]
    for demo in self.demos:
      arguments += demo.arguments()
    self.operator.start(arguments, environment)
    say(f"ready; its log is {self.operator.log.relative_to(ROOT)}")
    for demo in self.demos:
      demo.run()
    self.telling.step("What Kubernetes says of it")
    for demo in self.demos:
      print(self.world.kubectl("get", demo.RESOURCE, "-n", NAMESPACE), end="")
      kind = f"involvedObject.kind={demo.RESOURCE}"
      print(self.world.kubectl("get", "events", "-n", NAMESPACE, "--field-selector", kind), end="")

  def leave(self):
    """Everything goes on until ./dev down."""
    servers.leave("operator of the demo", self.operator.process.pid)
    for demo in self.demos:
      demo.leave()

  def clean_up(self):
    self.operator.stop()
    for demo in self.demos:
      demo.clean_up()
    self.world.clean_up()


def build():
  headline("Building (./dev build --no-aot)")
  if main.build(["-B", "-ntp", "--no-aot"]):
    raise Problem("the build failed; see above.")


def parse(arguments):
  """Which dialects to show, and whether to leave it all running; None if the arguments make no sense."""
  dialects, keep = list(DEMOS), False
  rest = iter(arguments)
  for argument in rest:
    if argument == "--keep":
      keep = True
      continue
    name, _, value = argument.partition("=")
    value = value or next(rest, "")
    if name != "--dialect" or value not in DEMOS:
      return None
    dialects = [value]
  return dialects, keep


def run(arguments):
  parsed = parse(arguments)
  if not parsed:
    print(f"dev: {USAGE}, not '{' '.join(arguments)}'.", file=sys.stderr)
    return 2
  dialects, keep = parsed
  if servers.is_anybody_left():
    raise Problem("the operator of an earlier ./dev demo --keep is still at work: run ./dev down first.")
  obtain_parts()
  build()
  headline("Starting the real parts (./dev up)")
  were_up = already_up()
  servers.up()
  demo = Demo(servers.environment(), dialects)
  done = False
  try:
    demo.run()
    done = True
  finally:
    if keep and done:
      headline("Everything stays up")
      say("source .local/env; kubectl is .local/parts/kubectl")
      demo.leave()
      say(f"the operator is process {demo.operator.process.pid}; ./dev down stops it and the parts")
    else:
      demo.clean_up()
      if not were_up:
        servers.down()
  headline("It works. Where to look further")
  say("./dev demo --keep       leaves all of this running to play with")
  say("README.md               a first VaultSecret, and all settings")
  say("docs/design.md          how it is made")
  return 0


def already_up():
  try:
    servers.environment()
    return True
  except Problem:
    return False


if __name__ == "__main__":
  try:
    sys.exit(run(sys.argv[1:]))
  except Problem as problem:
    print(f"dev: {problem}", file=sys.stderr)
    sys.exit(1)
  except KeyboardInterrupt:
    sys.exit(130)
