"""The real parts on free loopback ports; `./dev up`, `down`, `status` keep a set of them under .local/."""
import json
import os
import secrets
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request

import needs
import processes
import progress
from places import ENV, LOCAL, PARTS, RUN, ROOT, Problem, locked

PATIENCE = 60
ISSUER = "https://kubernetes.default.svc"
MADE_BY_CONTROLLER_MANAGER = "/api/v1/namespaces/default/serviceaccounts/default"


def up():
  with locked(LOCAL, "./dev command"):
    servers = Servers(RUN)
    servers.start()
    exports = [f"export {name}='{value}'\n" for name, value in servers.environment().items()]
    _write_private(ENV, "".join([*exports, f"export PATH='{PARTS}':\"$PATH\"\n"]))
  status()
  print(f"\nTo use them: source {ENV.relative_to(ROOT)}")


def down():
  with locked(LOCAL, "./dev command"):
    Servers(RUN).stop()
    ENV.unlink(missing_ok=True)


def leave(name, pid):
  """Has `down` end a program, too, that goes on working on the parts."""
  with locked(LOCAL, "./dev command"):
    Servers(RUN).leave(name, pid)


def is_anybody_left():
  """Whether a program that was left at work still runs."""
  return any(processes.alive(guest["process"]) for guest in Servers(RUN).guests())


def status():
  """Prints a table; true if every part runs."""
  parts = Servers(RUN).parts()
  if not parts:
    print("Nothing is up (./dev up starts it).")
    return False
  running = [processes.alive(part.get("process")) for part in parts]
  for part, runs in zip(parts, running):
    pid = part["process"]["pid"] if runs else "-"
    print(f"{part['name']:<24} {'running' if runs else 'stopped':<8} {pid!s:<8} {part['address']}")
  return all(running)


def environment():
  """What .local/env says; fails when the parts are not up."""
  return Servers(RUN).environment()


class Servers:
  """A control plane, an OpenBao and a moto, with all their state in one folder; they outlive this process."""

  def __init__(self, folder, say=lambda text: print(text, flush=True)):
    self.folder = folder
    self.say = say
    self.file = folder / "state.json"
    self.state = json.loads(self.file.read_text()) if self.file.exists() else None

  def parts(self):
    return self.state["parts"] if self.state else []

  def guests(self):
    return self.state.get("guests", []) if self.state else []

  def leave(self, name, pid):
    guest = {"name": name, "process": {"pid": pid, "birth": processes.birth(pid)}}
    self.state["guests"] = [*self.guests(), guest]
    _write_private(self.file, json.dumps(self.state, indent=1))

  def environment(self):
    if not self.parts() or not all(processes.alive(part.get("process")) for part in self.parts()):
      raise Problem("The parts are not up: run ./dev up first.")
    return self.state["env"]

  def start(self):
    if not self.state:
      self.state = self._plan()
    for part in self.parts():
      if not processes.alive(part.get("process")):
        self._start(part)

  def stop(self):
    for part in [*self.guests(), *reversed(self.parts())]:
      if processes.alive(part.get("process")):
        processes.stop(part["process"])
        self.say(f"{part['name']}: stopped")
    shutil.rmtree(self.folder, ignore_errors=True)
    self.state = None

  def _plan(self):
    """Chooses ports, tokens and keys, and from them each part's command line."""
    shutil.rmtree(self.folder, ignore_errors=True)
    self.folder.mkdir(parents=True, mode=0o700)
    ports = set()
    while len(ports) < 5:
      ports.add(processes.free_port())
    etcd, etcd_peer, api, bao, moto = (f"127.0.0.1:{port}" for port in ports)
    admin_token, root_token = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    kubeconfig = self.folder / "kubeconfig"
    _write_private(self.folder / "tokens.csv", f'{admin_token},admin,admin,"system:masters"\n')
    _write_private(kubeconfig, self._kubeconfig(f"https://{api}", admin_token))
    private, public = self.folder / "service-account.key", self.folder / "service-account.pub"
    java = needs.jdk() / "bin" / "java"
    subprocess.run([java, ROOT / "tools" / "dev" / "ServiceAccountKey.java", private, public], check=True)
    private.chmod(0o600)
    parts = [
      _part("etcd", f"http://{etcd}", f"http://{etcd}/health", [
        f"--data-dir={self.folder / 'etcd'}",
        "--unsafe-no-fsync",
        "--log-level=warn",
        f"--listen-client-urls=http://{etcd}",
        f"--advertise-client-urls=http://{etcd}",
        f"--listen-peer-urls=http://{etcd_peer}",
        f"--initial-advertise-peer-urls=http://{etcd_peer}",
        f"--initial-cluster=default=http://{etcd_peer}",
      ]),
      _part("kube-apiserver", f"https://{api}", f"https://{api}/readyz", [
        f"--etcd-servers=http://{etcd}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        f"--secure-port={api.rpartition(':')[2]}",
        f"--cert-dir={self.folder / 'certificates'}",
        f"--service-account-issuer={ISSUER}",
        f"--service-account-key-file={public}",
        f"--service-account-signing-key-file={private}",
        f"--token-auth-file={self.folder / 'tokens.csv'}",
        "--authorization-mode=RBAC",
        "--disable-admission-plugins=ServiceAccount",
        "--service-cluster-ip-range=10.0.0.0/24",
      ]),
      _part("kube-controller-manager", "(no port)", f"https://{api}{MADE_BY_CONTROLLER_MANAGER}", [
        f"--kubeconfig={kubeconfig}",
        "--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller",
        "--use-service-account-credentials=false",
        "--leader-elect=false",
        "--secure-port=0",
      ]),
      _part("bao", f"http://{bao}", f"http://{bao}/v1/sys/health", [
        "server",
        "-dev",
        "-dev-no-store-token",
        f"-dev-listen-address={bao}",
      ], BAO_DEV_ROOT_TOKEN_ID=root_token),
      _part("moto_server", f"http://{moto}", f"http://{moto}/moto-api/", [
        "-H",
        "127.0.0.1",
        "-p",
        moto.rpartition(":")[2],
      ]),
    ]
    env = {
      "KUBECONFIG": str(kubeconfig),
      "VAULT_ADDR": f"http://{bao}",
      "VAULT_TOKEN": root_token,
      "AWS_ENDPOINT_URL": f"http://{moto}",
      "AWS_REGION": "us-east-1",
      "AWS_ACCESS_KEY_ID": "local",
      "AWS_SECRET_ACCESS_KEY": "local",
    }
    return {"parts": parts, "env": env, "admin": admin_token}

  def _start(self, part):
    started = time.monotonic()
    log = self.folder / f"{part['name']}.log"
    env = {"HOME": str(self.folder), "PATH": os.environ["PATH"], **part["env"]}
    process, part["process"] = processes.start(part["command"], log, env)
    _write_private(self.file, json.dumps(self.state, indent=1))
    while not self._healthy(part, self.state["admin"]):
      if process.poll() is not None:
        raise Problem(f"{part['name']} ended with exit code {process.returncode}.{_log(log)}")
      if time.monotonic() - started > PATIENCE:
        processes.stop(part["process"])
        raise Problem(f"{part['name']} was not ready after {PATIENCE} s.{_log(log)}")
      time.sleep(0.05)
    self.say(f"{part['name']}: ready in {time.monotonic() - started:.1f} s")

  def _healthy(self, part, token):
    """Whether the part's health URL says 200; where that is the API server's, the administrator asks."""
    request = urllib.request.Request(part["health"])
    context = None
    if part["health"].startswith("https:"):
      request.add_header("Authorization", f"Bearer {token}")
      try:
        context = ssl.create_default_context(cafile=self.folder / "certificates" / "apiserver.crt")
      except (OSError, ssl.SSLError):
        return False
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    try:
      with direct.open(request, timeout=5) as answer:
        return answer.status == 200
    except (urllib.error.URLError, OSError):
      return False

  def _kubeconfig(self, server, token):
    cluster = {"server": server, "certificate-authority": str(self.folder / "certificates" / "apiserver.crt")}
    return json.dumps({
      "apiVersion": "v1",
      "kind": "Config",
      "clusters": [{"name": "keyferry", "cluster": cluster}],
      "users": [{"name": "admin", "user": {"token": token}}],
      "contexts": [{"name": "keyferry", "context": {"cluster": "keyferry", "user": "admin"}}],
      "current-context": "keyferry",
    }, indent=1)


def _part(name, address, health, arguments, **environment):
  command = [str(PARTS / name), *arguments]
  return {"name": name, "address": address, "health": health, "command": command, "env": environment}


def _log(log):
  return f" The end of its log ({log}):\n{progress.tail(log)}"


def _write_private(path, text):
  fresh = path.with_name(f".{path.name}")
  with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
    out.write(text)
  fresh.replace(path)
