"""./dev demo: a secret travels from OpenBao to Kubernetes, changes, and returns after being deleted."""
import sys

import main
import servers
from operated import OperatorProcess
from places import LOCAL, ROOT, Problem
from setup import obtain_parts
from world import World

NAMESPACE = "keyferry-demo"
SECRET = "shop-credentials"


def step(text):
  print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


def say(text):
  print(f"  {text}", flush=True)


class Demo:
  def __init__(self, environment):
    self.world = World(environment, NAMESPACE)
    self.operator = OperatorProcess(LOCAL / "demo-operator.log")

  def data(self):
    return self.world.secret(SECRET)

  def show(self):
    for name, value in self.data().items():
      say(f"{name} = {value}")

  def run(self):
    step("1. OpenBao holds two secrets; a ServiceAccount may read them")
    self.world.prepare()
    self.world.put("shop/database", user="shop", password="first-password")
    self.world.put("shop/services/mail", api_key="mail-key")
    say("secret/shop/database, secret/shop/services/mail; role shop of auth/kubernetes")

    step("2. The operator starts")
    self.operator.start(
      ["--leader-elect=false", "--dialects=vaultsecret", f"--namespace={NAMESPACE}"],
      dict(self.world.environment, DEFAULT_SA_AUTH_PATH=self.world.LOGIN_PATH),
    )
    say(f"ready; its log is {self.operator.log.relative_to(ROOT)}")

    step("3. A VaultSecret is applied (deploy/samples/vaultsecret.yaml)")
    self.world.kubectl("apply", "-n", NAMESPACE, "-f", str(ROOT / "deploy/samples/vaultsecret.yaml"))
    took = self.operator.await_that("Secret shop-credentials exists", lambda: len(self.data()) == 3)
    say(f"Secret {SECRET}, {took:.2f} s later:")
    self.show()

    step("4. The password changes in OpenBao")
    self.world.put("shop/database", user="shop", password="second-password")
    took = self.operator.await_that(
      "the Secret holds the new password", lambda: self.data().get("db_password") == "second-password"
    )
    say(f"the Secret follows {took:.2f} s later (the VaultSecret's period is 5 s):")
    self.show()

    step("5. Somebody deletes the Secret")
    self.world.kubectl("delete", "secret", SECRET, "-n", NAMESPACE)
    took = self.operator.await_that("the Secret is back", lambda: len(self.data()) == 3)
    say(f"it is back {took:.2f} s later")

    step("6. What Kubernetes says of it")
    print(self.world.kubectl("get", "vaultsecrets", "-n", NAMESPACE), end="")
    print(self.world.kubectl("get", "events", "-n", NAMESPACE, "--field-selector", "involvedObject.kind=VaultSecret"), end="")

  def clean_up(self):
    self.operator.stop()
    self.world.clean_up()


def build():
  step("Building (./dev build --no-aot)")
  if main.build(["-B", "-ntp", "--no-aot"]):
    raise Problem("the build failed; see above.")


def run(arguments):
  unknown = [argument for argument in arguments if argument != "--keep"]
  if unknown:
    print(f"dev: demo takes --keep, not '{unknown[0]}'.", file=sys.stderr)
    return 2
  keep = "--keep" in arguments
  obtain_parts()
  build()
  step("Starting the real parts (./dev up)")
  were_up = already_up()
  servers.up()
  demo = Demo(servers.environment())
  done = False
  try:
    demo.run()
    done = True
  finally:
    if keep and done:
      step("Everything stays up")
      say("source .local/env; kubectl is .local/parts/kubectl")
      say(f"the operator is process {demo.operator.process.pid}; ./dev down stops the parts")
    else:
      demo.clean_up()
      if not were_up:
        servers.down()
  step("It works. Where to look further")
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
