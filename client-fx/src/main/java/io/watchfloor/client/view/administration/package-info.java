/// The pages of administrators: people, groups, invitations, programs, the audit log.
@NullMarked
package io.watchfloor.client.view.administration;

import org.jspecify.annotations.NullMarked;
