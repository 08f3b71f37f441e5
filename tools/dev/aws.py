"""AWS Secrets Manager as moto plays it. Moto takes the service from the signature and checks nothing of it."""
import json
import urllib.error
import urllib.request

EXISTS = "ResourceExistsException"


class Moto:
  def __init__(self, environment):
    self.address = environment["AWS_ENDPOINT_URL"]
    self.region = environment["AWS_REGION"]

  def put(self, name, **values):
    """Makes a secret that is a JSON object, or gives it another value."""
    text = json.dumps(values)
    if self._ask("CreateSecret", Name=name, SecretString=text).get("__type") == EXISTS:
      self._ask("PutSecretValue", SecretId=name, SecretString=text)

  def delete(self, name):
    self._ask("DeleteSecret", SecretId=name, ForceDeleteWithoutRecovery=True)

  def _ask(self, action, **body):
    credential = f"local/20250101/{self.region}/secretsmanager/aws4_request"
    request = urllib.request.Request(f"{self.address}/", data=json.dumps(body).encode(), headers={
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": f"secretsmanager.{action}",
      "Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0",
    })
    try:
      with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)
    except urllib.error.HTTPError as failure:
      told = json.load(failure)
      if told.get("__type") != EXISTS:
        raise
      return told
