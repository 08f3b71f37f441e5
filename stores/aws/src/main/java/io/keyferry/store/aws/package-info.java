/** AWS Secrets Manager: listings with versions and tags, values by the batch, roles, and events from a queue. */
@NullMarked
package io.keyferry.store.aws;

import org.jspecify.annotations.NullMarked;
