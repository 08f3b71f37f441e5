/** The {@code syncedsecret} dialect: AWS Secrets Manager to Secrets, with Go templates. */
@NullMarked
package io.keyferry.dialect.syncedsecret;

import org.jspecify.annotations.NullMarked;
