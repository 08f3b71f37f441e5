"""./dev demo: a secret travels from OpenBao to Kubernetes, changes, and returns after being deleted."""
import base64
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

import main
import needs
import processes
import servers
from places import LOCAL, PARTS, ROOT, Problem
from setup import obtain_parts

NAMESPACE = "keyferry-demo"
SECRET = "shop-credentials"
PATIENCE = 30


def step(text):
  print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


def say(text):
  print(f"  {text}", flush=True)


class Demo:
  def __init__(self, environment):
    self.environment = dict(os.environ, **environment)
    self.operator = None
    self.log = LOCAL / "demo-operator.log"

  def kubectl(self, *arguments, text=None):
    done = subprocess.run(
      [str(PARTS / "kubectl"), *arguments], input=text, env=self.environment, capture_output=True, text=True
    )
    if done.returncode:
      raise Problem(f"kubectl {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout

  def bao(self, method, path, body=None):
    request = urllib.request.Request(
      f"{self.environment['VAULT_ADDR']}/v1/{path}",
      method=method,
      data=None if body is None else json.dumps(body).encode(),
      headers={"X-Vault-Token": self.environment["VAULT_TOKEN"]},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
      return response.read()

  def put(self, path, **values):
    self.bao("POST", f"secret/data/{path}", {"data": values})

  def prepare_cluster(self):
    self.kubectl("apply", "-f", str(ROOT / "deploy/crds/vaultsecrets.yaml"))
    self.kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd/vaultsecrets.k8s.kiwi.com")
    manifests = "\n---\n".join([
      f'{{"apiVersion": "v1", "kind": "Namespace", "metadata": {{"name": "{NAMESPACE}"}}}}',
      f'{{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {{"name": "reviewer", "namespace": "{NAMESPACE}"}}}}',
      json.dumps({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": NAMESPACE},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "system:auth-delegator"},
        "subjects": [{"kind": "ServiceAccount", "name": "reviewer", "namespace": NAMESPACE}],
      }),
    ])
    self.kubectl("apply", "-f", "-", text=manifests)

  def prepare_vault(self):
    mounted = json.loads(self.bao("GET", "sys/auth"))
    if "kubernetes/" not in mounted.get("data", mounted):
      self.bao("POST", "sys/auth/kubernetes", {"type": "kubernetes"})
    config = json.loads(self.kubectl("config", "view", "--raw", "--flatten", "-o", "json"))
    cluster = config["clusters"][0]["cluster"]
    self.bao("POST", "auth/kubernetes/config", {
      "kubernetes_host": cluster["server"],
      "kubernetes_ca_cert": base64.b64decode(cluster["certificate-authority-data"]).decode(),
      "token_reviewer_jwt": self.kubectl("create", "token", "reviewer", "-n", NAMESPACE).strip(),
    })
    self.bao("PUT", "sys/policies/acl/shop", {
      "policy": 'path "secret/data/shop/*" { capabilities = ["read"] }\n'
                'path "secret/metadata/shop/*" { capabilities = ["list"] }'
    })
    self.bao("POST", "auth/kubernetes/role/shop", {
      "bound_service_account_names": "vault-operator-sync",
      "bound_service_account_namespaces": NAMESPACE,
      "token_policies": "shop",
      "token_ttl": "1h",
    })
    self.put("shop/database", user="shop", password="first-password")
    self.put("shop/services/mail", api_key="mail-key")

  def start_operator(self):
    environment = dict(
      self.environment, JAVA_HOME=str(needs.jdk()), DEFAULT_SA_AUTH_PATH="auth/kubernetes/login"
    )
    health = processes.free_port()
    with open(self.log, "w") as log:
      self.operator = subprocess.Popen(
        [str(ROOT / "bin/keyferry"), "operator", "--leader-elect=false", "--dialects=vaultsecret",
         f"--namespace={NAMESPACE}", "--metrics-bind-address=0", f"--health-probe-bind-address=127.0.0.1:{health}"],
        env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
      )
    self.await_that("the operator is ready", lambda: self.ready(health))

  def ready(self, port):
    if self.operator.poll() is not None:
      raise Problem(f"the operator ended by itself; its log is {self.log.relative_to(ROOT)}:\n{self.tail()}")
    try:
      with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
        return answer.status == 200
    except OSError:
      return False

  def tail(self):
    return "".join(self.log.read_text().splitlines(keepends=True)[-15:])

  def await_that(self, what, holds):
    began = time.monotonic()
    while not holds():
      if time.monotonic() - began > PATIENCE:
        raise Problem(f"after {PATIENCE} s it is still not so that {what}. The operator's last words:\n{self.tail()}")
      time.sleep(0.02)
    return time.monotonic() - began

  def data(self):
    found = self.kubectl("get", "secret", SECRET, "-n", NAMESPACE, "--ignore-not-found", "-o", "json")
    entries = json.loads(found).get("data", {}) if found else {}
    return {name: base64.b64decode(value).decode() for name, value in sorted(entries.items())}

  def show(self):
    for name, value in self.data().items():
      say(f"{name} = {value}")

  def run(self):
    step("1. OpenBao holds two secrets; a ServiceAccount may read them")
    self.prepare_cluster()
    self.prepare_vault()
    say("secret/shop/database, secret/shop/services/mail; role shop of auth/kubernetes")

    step("2. The operator starts")
    self.start_operator()
    say(f"ready; its log is {self.log.relative_to(ROOT)}")

    step("3. A VaultSecret is applied (deploy/samples/vaultsecret.yaml)")
    self.kubectl("apply", "-n", NAMESPACE, "-f", str(ROOT / "deploy/samples/vaultsecret.yaml"))
    took = self.await_that("Secret shop-credentials exists", lambda: len(self.data()) == 3)
    say(f"Secret {SECRET}, {took:.2f} s later:")
    self.show()

    step("4. The password changes in OpenBao")
    self.put("shop/database", user="shop", password="second-password")
    took = self.await_that(
      "the Secret holds the new password", lambda: self.data().get("db_password") == "second-password"
    )
    say(f"the Secret follows {took:.2f} s later (the VaultSecret's period is 5 s):")
    self.show()

    step("5. Somebody deletes the Secret")
    self.kubectl("delete", "secret", SECRET, "-n", NAMESPACE)
    took = self.await_that("the Secret is back", lambda: len(self.data()) == 3)
    say(f"it is back {took:.2f} s later")

    step("6. What Kubernetes says of it")
    print(self.kubectl("get", "vaultsecrets", "-n", NAMESPACE), end="")
    print(self.kubectl("get", "events", "-n", NAMESPACE, "--field-selector", "involvedObject.kind=VaultSecret"), end="")

  def stop_operator(self):
    if self.operator and self.operator.poll() is None:
      self.operator.send_signal(signal.SIGTERM)
      try:
        self.operator.wait(10)
      except subprocess.TimeoutExpired:
        self.operator.kill()
        self.operator.wait()

  def clean_up(self):
    self.stop_operator()
    self.kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")
    self.kubectl("delete", "clusterrolebinding", NAMESPACE, "--ignore-not-found")


def build():
  step("Building (./dev build)")
  if main.maven("-q", "-B", "-ntp", "-DskipTests", "package"):
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
      say(f"the operator is process {demo.operator.pid}; ./dev down stops the parts")
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
