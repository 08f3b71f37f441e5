package io.keyferry.store.aws;

/** Events as EventBridge writes them into a queue. */
final class Events {
    private Events() {}

    /** Secrets Manager's own. */
    static String label(String id, String name, String arn, String label) {
        return """
        {"version":"0","id":"%s","detail-type":"Secret Label Updated","source":"aws.secretsmanager",
         "account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":["%s"],
         "detail":{"name":"%s","labelUpdated":"%s","versionId":"11111111-2222-3333-4444-555555555555"}}""".formatted(id, arn, name, label);
    }

    /** CloudTrail's. */
    static String call(String id, String action, String request, String response) {
        return """
        {"version":"0","id":"%s","detail-type":"AWS API Call via CloudTrail","source":"aws.secretsmanager",
         "account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],
         "detail":{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","sessionContext":{"attributes":{}}},
          "eventSource":"secretsmanager.amazonaws.com","eventName":"%s","requestParameters":%s,
          "responseElements":%s,"readOnly":false,"eventType":"AwsApiCall"}}""".formatted(id, action, request, response);
    }
}
