package io.keyferry.store.aws;

import java.util.Optional;

/**
 * How AWS is spoken to. Region, credentials and endpoints come from where every AWS program takes them: the environment,
 * the files of the AWS command line, a web identity, the container or the instance.
 *
 * @param searchRole the role that lists secrets, a short name or an ARN; empty for the operator's own identity
 * @param queue the URL of an SQS queue that EventBridge rules tell of changes; empty for none
 */
public record AwsConfig(String searchRole, Optional<String> queue) {}
