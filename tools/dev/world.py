"""A namespace and an OpenBao in which an operator can work, and what scripts ask of them."""
import base64
import json
import os
import subprocess
import urllib.error
import urllib.request

from places import PARTS, ROOT, Problem


class World:
  """A namespace whose ServiceAccount vault-operator-sync may read what is below shop/, on parts that are up."""

  LOGIN_PATH = "auth/kubernetes/login"
  ROLE = "shop"

  def __init__(self, environment, namespace):
    self.environment = dict(os.environ, **environment)
    self.namespace = namespace

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

  def get(self, path):
    """What OpenBao holds at a path; nothing if there is nothing."""
    try:
      found = json.loads(self.bao("GET", f"secret/data/{path}"))["data"]["data"]
    except urllib.error.HTTPError as error:
      if error.code != 404:
        raise
      return {}
    return dict(sorted((found or {}).items()))

  def secret(self, name):
    """The data of a Secret, decoded; empty if there is none."""
    found = self.kubectl("get", "secret", name, "-n", self.namespace, "--ignore-not-found", "-o", "json")
    entries = json.loads(found).get("data", {}) if found else {}
    return {key: base64.b64decode(value).decode() for key, value in sorted(entries.items())}

  def prepare(self):
    """All that VaultSecrets need."""
    self.install("vaultsecrets", "k8s.kiwi.com")
    self.make_namespace()
    self._prepare_login()
    self.bao("PUT", "sys/policies/acl/shop", {
      "policy": 'path "secret/data/shop/*" { capabilities = ["read"] }\n'
                'path "secret/metadata/shop/*" { capabilities = ["list"] }'
    })
    self._bind("shop", "vault-operator-sync")

  def prepare_writer(self, role, account):
    """A ServiceAccount that may write what is below shop/, with marks of ownership."""
    self.make_namespace()
    self._prepare_login()
    self.kubectl("apply", "-f", "-", text=json.dumps({
      "apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": account, "namespace": self.namespace}
    }))
    self.bao("PUT", f"sys/policies/acl/{role}", {
      "policy": 'path "secret/data/shop/*" { capabilities = ["create", "read", "update", "delete"] }\n'
                'path "secret/metadata/shop/*" { capabilities = ["create", "read", "update"] }\n'
                'path "secret/delete/shop/*" { capabilities = ["update"] }'
    })
    self._bind(role, account)

  def token(self, account):
    """A ServiceAccount's token."""
    return self.kubectl("create", "token", account, "-n", self.namespace).strip()

  def install(self, plural, group):
    """Installs a dialect's resource definition."""
    self.kubectl("apply", "-f", str(ROOT / f"deploy/crds/{plural}.yaml"))
    self.kubectl("wait", "--for=condition=Established", "--timeout=30s", f"crd/{plural}.{group}")

  def make_namespace(self):
    self.kubectl("apply", "-f", "-", text=json.dumps(
      {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": self.namespace}}
    ))

  def clean_up(self):
    self.kubectl("delete", "namespace", self.namespace, "--ignore-not-found")
    self.kubectl("delete", "clusterrolebinding", self.namespace, "--ignore-not-found")

  def _prepare_reviewer(self):
    manifests = "\n---\n".join([
      f'{{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {{"name": "reviewer", "namespace": "{self.namespace}"}}}}',
      json.dumps({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": self.namespace},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "system:auth-delegator"},
        "subjects": [{"kind": "ServiceAccount", "name": "reviewer", "namespace": self.namespace}],
      }),
    ])
    self.kubectl("apply", "-f", "-", text=manifests)

  def _prepare_login(self):
    self._prepare_reviewer()
    mounted = json.loads(self.bao("GET", "sys/auth"))
    if "kubernetes/" not in mounted.get("data", mounted):
      self.bao("POST", "sys/auth/kubernetes", {"type": "kubernetes"})
    config = json.loads(self.kubectl("config", "view", "--raw", "--flatten", "-o", "json"))
    cluster = config["clusters"][0]["cluster"]
    self.bao("POST", "auth/kubernetes/config", {
      "kubernetes_host": cluster["server"],
      "kubernetes_ca_cert": base64.b64decode(cluster["certificate-authority-data"]).decode(),
      "token_reviewer_jwt": self.token("reviewer"),
    })

  def _bind(self, role, account):
    self.bao("POST", f"auth/kubernetes/role/{role}", {
      "bound_service_account_names": account,
      "bound_service_account_namespaces": self.namespace,
      "token_policies": role,
      "token_ttl": "1h",
    })
