"""`./dev manifests`: writes deploy/install/*.yaml, which are deploy/kustomize/* in one file each."""
import itertools
import subprocess

from places import PARTS, ROOT
from setup import obtain_parts


def write():
  obtain_parts()
  for overlay in sorted((ROOT / "deploy" / "kustomize").iterdir()):
    target = ROOT / "deploy" / "install" / f"{overlay.name}.yaml"
    target.write_text(_head(overlay) + _kustomize(overlay))
    print(f"wrote {target.relative_to(ROOT)}")


def _kustomize(overlay):
  return subprocess.run([PARTS / "kubectl", "kustomize", overlay], capture_output=True, text=True, check=True).stdout


def _head(overlay):
  """The comment that the overlay begins with, and where the file comes from."""
  lines = (overlay / "kustomization.yaml").read_text().splitlines(keepends=True)
  comment = "".join(itertools.takewhile(lambda line: line.startswith("#"), lines))
  return comment + "# Written by ./dev manifests; the image is keyferry:0.1.0 in your registry.\n"
