"""`./dev run --release NAME`: the operator as a release of the chart would run it on the API server that is up.

No pod runs there, so this does what a node does: the arguments, variables and configuration of the Deployment, and a token of its
ServiceAccount. What only a pod has (mounts of Secrets, addresses within the cluster) it has not.
"""
import json
import os
import subprocess

from places import LOCAL, PARTS, Problem

CONFIG = "--config="


def operator(name, namespace, environment):
  """The arguments and the environment that the operator of a release is to be started with."""
  kubectl = Kubectl(namespace, environment)
  deployment = kubectl.deployment(name)
  pod = deployment["spec"]["template"]["spec"]
  container = pod["containers"][0]
  folder = LOCAL / "release"
  folder.mkdir(parents=True, exist_ok=True)
  arguments = [_configured(argument, kubectl, pod, folder) for argument in container["args"]]
  arguments.append(f"--kubeconfig={_kubeconfig(kubectl, pod, folder, environment)}")
  variables = {one["name"]: one["value"] for one in container.get("env", []) if "value" in one}
  return arguments, {**variables, "POD_NAMESPACE": namespace, "HOSTNAME": deployment["metadata"]["name"]}


def _configured(argument, kubectl, pod, folder):
  if not argument.startswith(CONFIG):
    return argument
  maps = [volume["configMap"]["name"] for volume in pod["volumes"] if volume["name"] == "config"]
  file = folder / "config.yaml"
  file.write_text(kubectl.get("configmap", maps[0])["data"]["config.yaml"])
  return f"{CONFIG}{file}"


def _kubeconfig(kubectl, pod, folder, environment):
  token = kubectl.run("create", "token", pod["serviceAccountName"], "--duration=24h").strip()
  config = json.loads(kubectl.run("config", "view", "--raw", "--flatten", "--minify", "-o", "json"))
  config["users"][0]["user"] = {"token": token}
  file = folder / "kubeconfig"
  with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
    json.dump(config, out)
  return file


class Kubectl:
  def __init__(self, namespace, environment):
    self.namespace = namespace
    self.environment = {**os.environ, **environment}

  def run(self, *arguments):
    done = subprocess.run(
      [PARTS / "kubectl", "--namespace", self.namespace, *arguments], env=self.environment, capture_output=True, text=True
    )
    if done.returncode != 0:
      raise Problem(f"kubectl {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout

  def get(self, kind, name):
    return json.loads(self.run("get", kind, name, "-o", "json"))

  def deployment(self, release):
    found = json.loads(self.run("get", "deployments", "-l", f"app.kubernetes.io/instance={release}", "-o", "json"))["items"]
    if len(found) != 1:
      raise Problem(
        f"there is no release {release} in namespace {self.namespace}: helm upgrade --install {release} deploy/helm/keyferry"
      )
    return found[0]
